#!/bin/sh
# Writes golden.txt anew from docs.txt and queries.txt with a real Lucene: needs a JDK >= 11 and Maven.
# usage: golden.sh [OUTPUT]   (default: golden.txt beside this script)
set -eu
here=$(cd "$(dirname "$0")" && pwd)
out=${1:-$here/golden.txt}
jars=$(mktemp -d)
trap 'rm -rf "$jars"' EXIT
mvn -q -B -f "$here/pom.xml" dependency:copy-dependencies -DoutputDirectory="$jars" >&2
java -cp "$jars/*" "$here/Golden.java" "$here/docs.txt" "$here/queries.txt" >"$jars/golden.txt"
cp "$jars/golden.txt" "$out"
