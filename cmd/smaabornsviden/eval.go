package main

import (
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"smaabornsviden/index"
	"smaabornsviden/index/bleveindex"
	"smaabornsviden/index/danish"
	"smaabornsviden/index/eval"
	"smaabornsviden/index/opensearch"
	"smaabornsviden/index/query"
)

// evalFlags are the files of one evaluation.
type evalFlags struct {
	corpus, queries, qrels, run, base, split string
	engine                                   engineFlags
}

func runEval(ctx context.Context, env *environment, f *flags, args []string) error {
	var o evalFlags
	f.StringVar(&o.corpus, "corpus", "", "The collection: a `FILE` of JSON lines with id, title and body, gzipped when it ends in .gz.")
	f.StringVar(&o.queries, "queries", "", "The queries: a `FILE` with an id, a tab and the query on each line.")
	f.StringVar(&o.qrels, "qrels", "", "The judgements: a TREC `FILE` with query, 0, document and grade on each line.")
	f.StringVar(&o.run, "run", "", "Writes the answers to this `FILE` as a TREC run.")
	f.StringVar(&o.base, "base", "", "Compares with the TREC run in this `FILE` by a paired permutation test.")
	f.StringVar(&o.split, "split", "all", "Judges only the queries of this side of the fixed division: dev, test or all.")
	engineFlag(f, &o.engine)
	rest, err := f.parse(args)
	if err == nil {
		err = o.engine.check()
	}
	if err != nil {
		return err
	}
	if len(rest) > 0 || o.corpus == "" || o.queries == "" || o.qrels == "" {
		return usagef("-corpus, -queries and -qrels are needed, and nothing else stands beside the flags")
	}
	if !slices.Contains([]string{"dev", "test", "all"}, o.split) {
		return usagef("-split %q is none of dev, test, all", o.split)
	}
	return evaluate(ctx, env.stdout, o)
}

func evaluate(ctx context.Context, w io.Writer, o evalFlags) error {
	queries, err := readFile(o.queries, eval.ReadQueries)
	if err != nil {
		return err
	}
	qrels, err := readFile(o.qrels, eval.ReadQrels)
	if err != nil {
		return err
	}
	run, err := answer(ctx, o.corpus, queries, &o.engine)
	if err != nil {
		return err
	}
	if err := writeRun(o.run, queries, run); err != nil {
		return err
	}
	asked := map[string]bool{}
	for _, q := range queries {
		asked[q.ID] = true
	}
	for id := range qrels {
		if !asked[id] {
			delete(qrels, id) // a variant of the queries may leave some out
		}
	}
	return printScores(w, o, qrels, run)
}

func printScores(w io.Writer, o evalFlags, qrels eval.Qrels, run eval.Run) error {
	ids, scores := eval.Judge(qrels, run, o.split)
	m := eval.Mean(scores)
	fmt.Fprintf(w, "queries %d  split %s\nnDCG@10 %.4f  MRR@10 %.4f  recall@10 %.4f  recall@100 %.4f  zero-hit %.4f\n",
		len(ids), o.split, m.NDCG10, m.MRR10, m.Recall10, m.Recall100, m.ZeroHit)
	if o.base == "" {
		return nil
	}
	base, err := readFile(o.base, eval.ReadRun)
	if err != nil {
		return err
	}
	_, others := eval.Judge(qrels, base, o.split)
	difference, p := eval.Permutation(scores, others)
	fmt.Fprintf(w, "against %s: nDCG@10 %+.4f (%.4f), p = %.4f\n", o.base, difference, eval.Mean(others).NDCG10, p)
	return nil
}

// answer indexes the corpus for as long as it takes, in memory or in a cluster, and runs the queries over it.
func answer(ctx context.Context, corpus string, queries []eval.Query, e *engineFlags) (_ eval.Run, err error) {
	analyzer, vocabulary, err := language()
	if err != nil {
		return nil, err
	}
	engine, done, err := passing(ctx, e, analyzer)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, done()) }()
	if _, err := readFile(corpus, func(r io.Reader) (struct{}, error) { return struct{}{}, eval.Load(ctx, engine, r) }); err != nil {
		return nil, err
	}
	return eval.Answer(ctx, query.Searcher{Engine: engine, Analyzer: analyzer, Vocabulary: vocabulary}, queries, 100)
}

// passing opens an empty index that done removes again.
func passing(ctx context.Context, e *engineFlags, a *danish.Analyzer) (_ index.Engine, done func() error, err error) {
	if e.name != engineOpenSearch {
		ix, err := bleveindex.Memory(bleveindex.Options{Analyzer: a})
		if err != nil {
			return nil, nil, err
		}
		return ix, ix.Close, nil
	}
	ix, err := e.openSearch(ctx, a, func(o *opensearch.Options) { o.Index += fmt.Sprintf("-eval-p%d", os.Getpid()) })
	if err != nil {
		return nil, nil, err
	}
	return ix, func() error { return errors.Join(ix.Drop(context.WithoutCancel(ctx)), ix.Close()) }, nil
}

func readFile[T any](name string, read func(io.Reader) (T, error)) (T, error) {
	var none T
	f, err := os.Open(name)
	if err != nil {
		return none, err
	}
	defer f.Close()
	var r io.Reader = f
	if strings.HasSuffix(name, ".gz") {
		if r, err = gzip.NewReader(f); err != nil {
			return none, fmt.Errorf("read %s: %w", name, err)
		}
	}
	out, err := read(r)
	if err != nil {
		return none, fmt.Errorf("read %s: %w", name, err)
	}
	return out, nil
}

func writeRun(name string, queries []eval.Query, run eval.Run) error {
	if name == "" {
		return nil
	}
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	if err := eval.WriteRun(f, queries, run, "smaabornsviden"); err != nil {
		f.Close()
		return fmt.Errorf("write %s: %w", name, err)
	}
	return f.Close()
}
