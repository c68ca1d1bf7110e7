package main

import (
	"context"
	"fmt"

	"smaabornsviden/crawler/robots"
)

func runRobots(_ context.Context, env *environment, f *flags, args []string) error {
	agent := f.String("agent", agentToken, "Asks for the crawler of this `NAME`: a product token, or a whole user agent.")
	file := f.String("file", "", "Reads the rules from this robots.txt `FILE`, - for standard input.")
	addresses, err := f.parse(args)
	if err != nil {
		return err
	}
	if *file == "" || len(addresses) == 0 {
		return usagef("needs -file and at least one address")
	}
	body, err := readInput(env, *file)
	if err != nil {
		return fmt.Errorf("read robots.txt: %w", err)
	}
	rules := robots.Parse(body)
	for _, address := range addresses {
		verdict := "disallow"
		if ok, _ := rules.Allowed(*agent, address); ok {
			verdict = "allow"
		}
		fmt.Fprintln(env.stdout, verdict)
	}
	return nil
}
