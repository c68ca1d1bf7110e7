import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.queries.spans.SpanNearQuery;
import org.apache.lucene.queries.spans.SpanQuery;
import org.apache.lucene.queries.spans.SpanTermQuery;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.DisjunctionMaxQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.ByteBuffersDirectory;

/**
 * Scores docs.txt against queries.txt with Lucene's BM25 and prints, for each query, all hits with
 * their scores. The formats are described in ../../golden_test.go, which reads the same files.
 */
public class Golden {
  private static final Pattern ALTERNATIVE =
      Pattern.compile("(\\w+):(?:\"([^\"]*)\"|([^\\s~^]+))(?:~(\\d+))?(?:\\^([0-9.]+))?");

  public static void main(String[] args) throws IOException {
    try (ByteBuffersDirectory dir = new ByteBuffersDirectory()) {
      index(dir, Files.readAllLines(Path.of(args[0])));
      try (DirectoryReader reader = DirectoryReader.open(dir)) {
        IndexSearcher searcher = new IndexSearcher(reader);
        searcher.setSimilarity(new BM25Similarity());
        PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        for (String line : Files.readAllLines(Path.of(args[1]))) {
          out.println(hits(searcher, parse(line)));
        }
        out.flush();
      }
    }
  }

  private static void index(ByteBuffersDirectory dir, List<String> lines) throws IOException {
    IndexWriterConfig config = new IndexWriterConfig(new Stacked());
    config.setSimilarity(new BM25Similarity());
    try (IndexWriter writer = new IndexWriter(dir, config)) {
      for (String line : lines) {
        String[] columns = line.split("\t", -1);
        Document doc = new Document();
        doc.add(new StoredField("id", columns[0]));
        doc.add(new TextField("title", columns[1], Field.Store.NO));
        doc.add(new TextField("body", columns[2], Field.Store.NO));
        writer.addDocument(doc);
      }
      writer.forceMerge(1);
    }
  }

  private static String hits(IndexSearcher searcher, Query query) throws IOException {
    TreeMap<String, Float> byId = new TreeMap<>();
    for (ScoreDoc hit : searcher.search(query, searcher.getIndexReader().maxDoc()).scoreDocs) {
      byId.put(searcher.storedFields().document(hit.doc).get("id"), hit.score);
    }
    StringBuilder line = new StringBuilder();
    byId.forEach((id, score) -> line.append(' ').append(id).append('=').append(score));
    return line.toString().trim();
  }

  /** Groups are parted by " ; ": each adds the score of its best alternative. */
  private static Query parse(String line) {
    BooleanQuery.Builder query = new BooleanQuery.Builder();
    for (String group : line.split(" ; ")) {
      List<Query> alternatives = new ArrayList<>();
      for (String alternative : group.split(" / ")) {
        alternatives.addAll(alternative(alternative));
      }
      query.add(new DisjunctionMaxQuery(alternatives, 0), BooleanClause.Occur.SHOULD);
    }
    return query.build();
  }

  private static List<Query> alternative(String text) {
    Matcher m = ALTERNATIVE.matcher(text);
    if (!m.matches()) {
      throw new IllegalArgumentException(text);
    }
    String field = m.group(1);
    float boost = m.group(5) == null ? 1 : Float.parseFloat(m.group(5));
    List<Query> queries = new ArrayList<>();
    int slop = m.group(4) == null ? 0 : Integer.parseInt(m.group(4));
    String[] words = m.group(2) == null ? new String[] {m.group(3)} : m.group(2).split(" ");
    for (List<String> reading : readings(words)) {
      queries.add(new BoostQuery(phrase(field, reading, slop), boost));
    }
    return queries;
  }

  /** Every phrase that stacked words stand for: "a|b c" is "a c" and "b c". */
  private static List<List<String>> readings(String[] words) {
    List<List<String>> readings = List.of(List.of());
    for (String word : words) {
      List<List<String>> longer = new ArrayList<>();
      for (List<String> reading : readings) {
        for (String term : word.split("\\|")) {
          List<String> next = new ArrayList<>(reading);
          next.add(term);
          longer.add(next);
        }
      }
      readings = longer;
    }
    return readings;
  }

  private static Query phrase(String field, List<String> words, int slop) {
    if (words.size() == 1) {
      return new TermQuery(new Term(field, words.get(0)));
    }
    if (slop == 0) {
      return new PhraseQuery(field, words.toArray(new String[0]));
    }
    List<SpanQuery> spans = new ArrayList<>();
    for (String word : words) {
      spans.add(new SpanTermQuery(new Term(field, word)));
    }
    return new SpanNearQuery(spans.toArray(new SpanQuery[0]), slop, true);
  }

  /** Words parted by spaces; "a|b" are two terms at one position, "+5" skips five positions. */
  private static final class Stacked extends Analyzer {
    @Override
    protected TokenStreamComponents createComponents(String field) {
      Words words = new Words();
      return new TokenStreamComponents(reader -> words.text = read(reader), words);
    }

    private static String read(java.io.Reader reader) {
      try {
        StringBuilder text = new StringBuilder();
        for (int c = reader.read(); c >= 0; c = reader.read()) {
          text.append((char) c);
        }
        return text.toString();
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
  }

  private static final class Words extends TokenStream {
    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
    private final PositionIncrementAttribute step = addAttribute(PositionIncrementAttribute.class);
    private String text = "";
    private List<String[]> tokens;
    private int next;

    @Override
    public void reset() throws IOException {
      super.reset();
      tokens = new ArrayList<>();
      next = 0;
      int gap = 0;
      for (String word : text.trim().split(" +")) {
        if (word.startsWith("+")) {
          gap += Integer.parseInt(word.substring(1));
          continue;
        }
        int increment = 1 + gap;
        gap = 0;
        for (String alternative : word.split("\\|")) {
          if (!alternative.isEmpty()) {
            tokens.add(new String[] {alternative, Integer.toString(increment)});
            increment = 0;
          }
        }
      }
    }

    @Override
    public boolean incrementToken() {
      if (next == tokens.size()) {
        return false;
      }
      clearAttributes();
      String[] token = tokens.get(next++);
      term.append(token[0]);
      step.setPositionIncrement(Integer.parseInt(token[1]));
      return true;
    }
  }
}
