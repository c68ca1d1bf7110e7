package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
)

// TestTheExampleNamesCommandsAndFlagsThatExist reads the container file and the units, which no test can run as they are.
func TestTheExampleNamesCommandsAndFlagsThatExist(t *testing.T) {
	var compose struct {
		Services map[string]struct {
			Command     []string          `yaml:"command"`
			Environment map[string]string `yaml:"environment"`
		} `yaml:"services"`
	}
	if err := yaml.Unmarshal([]byte(readDeploy(t, "compose.yaml")), &compose); err != nil {
		t.Fatal(err)
	}
	lines := [][]string{unitCommand(t, "smaabornsviden-crawler.service"), unitCommand(t, "smaabornsviden-server@.service")}
	variables := deployEnvironment(t, nil)
	for _, s := range compose.Services {
		if len(s.Command) > 0 {
			lines = append(lines, s.Command)
			for name := range s.Environment {
				variables[name] = "1"
			}
		}
	}
	if len(lines) != 5 {
		t.Errorf("%d command lines, want those of two units, a crawler and two servers", len(lines))
	}
	help := ""
	for _, line := range lines {
		res := invoke(t, nil, line[0], "-h")
		help += res.stdout + res.stderr
		for _, word := range line[1:] {
			if strings.HasPrefix(word, "-") && !strings.Contains(res.stdout+res.stderr, word) {
				t.Errorf("%s has no flag %s", line[0], word)
			}
		}
	}
	for name := range variables {
		if !strings.Contains(help, name) {
			t.Errorf("no command tells of the variable %s", name)
		}
	}
}

// TestSystemdUnderstandsTheUnits lets systemd's own parser read them, with a program that is there.
func TestSystemdUnderstandsTheUnits(t *testing.T) {
	verifier, err := exec.LookPath("systemd-analyze")
	if err != nil {
		lacks(t, "there is no systemd-analyze on this machine")
	}
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for unit, instance := range map[string]string{
		"smaabornsviden-crawler.service": "smaabornsviden-crawler.service",
		"smaabornsviden-server@.service": "smaabornsviden-server@8081.service",
	} {
		path := filepath.Join(dir, instance)
		writeTestFile(t, path, strings.ReplaceAll(readDeploy(t, unit), "/usr/local/bin/smaabornsviden", program))
		// What it does not know it only warns of, so every word counts.
		if out, err := exec.Command(verifier, "verify", "--man=no", path).CombinedOutput(); err != nil || len(out) > 0 {
			t.Errorf("%s: %v\n%s", unit, err, out)
		}
	}
}

// TestTheContainerFilesFitTogether checks by their names what no test can start: services, volumes, files and the program.
func TestTheContainerFilesFitTogether(t *testing.T) {
	type service struct {
		Image     string   `yaml:"image"`
		DependsOn []string `yaml:"depends_on"`
		Volumes   []string `yaml:"volumes"`
		Build     struct {
			Context    string `yaml:"context"`
			Dockerfile string `yaml:"dockerfile"`
		} `yaml:"build"`
		Configs []struct {
			Source string `yaml:"source"`
		} `yaml:"configs"`
	}
	var compose struct {
		Services map[string]service `yaml:"services"`
		Volumes  map[string]any     `yaml:"volumes"`
		Configs  map[string]struct {
			Content string `yaml:"content"`
		} `yaml:"configs"`
	}
	if err := yaml.Unmarshal([]byte(readDeploy(t, "compose.yaml")), &compose); err != nil {
		t.Fatal(err)
	}
	for name, s := range compose.Services {
		for _, other := range s.DependsOn {
			if _, ok := compose.Services[other]; !ok {
				t.Errorf("%s waits for %s, which there is not", name, other)
			}
		}
		for _, v := range s.Volumes {
			volume, _, _ := strings.Cut(v, ":")
			if _, ok := compose.Volumes[volume]; !ok {
				t.Errorf("%s keeps its data in %s, which there is not", name, volume)
			}
		}
		for _, c := range s.Configs {
			if compose.Configs[c.Source].Content == "" {
				t.Errorf("%s reads %s, which there is not", name, c.Source)
			}
		}
		if s.Image == "" {
			t.Errorf("%s has no image", name)
		}
		if s.Build.Dockerfile == "" {
			continue
		}
		if _, err := os.Stat(filepath.Join("deploy", s.Build.Context, s.Build.Dockerfile)); err != nil {
			t.Errorf("%s is built of no file: %v", name, err)
		}
	}
	checkDockerfile(t)
}

// checkDockerfile compares the versions of Go, and where the program is put with what is started.
func checkDockerfile(t *testing.T) {
	t.Helper()
	text := readDeploy(t, "Dockerfile")
	module, err := os.ReadFile("../../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	_, after, _ := strings.Cut(string(module), "\ngo ")
	version, _, _ := strings.Cut(after, "\n")
	release := version[:strings.LastIndex(version, ".")]
	if !strings.Contains(text, "FROM golang:"+release+" ") {
		t.Errorf("go.mod asks for Go %s; the Dockerfile takes another:\n%.60s", release, text)
	}
	before, _, _ := strings.Cut(text, "go mod download")
	for line := range strings.Lines(string(module)) {
		if _, dir, ok := strings.Cut(line, " => ./"); ok && !strings.Contains(before, "COPY "+strings.TrimSpace(dir)+"/go.mod ") {
			t.Errorf("modules are loaded before %s/go.mod is there, which go.mod names", strings.TrimSpace(dir))
		}
	}
	_, built, _ := strings.Cut(text, "go build ")
	_, built, _ = strings.Cut(built, " -o ")
	built, _, _ = strings.Cut(built, " ")
	_, copied, _ := strings.Cut(text, "COPY --from=build ")
	copied, _, _ = strings.Cut(copied, "\n")
	from, to, _ := strings.Cut(copied, " ")
	if built == "" || built != from || !strings.Contains(text, `ENTRYPOINT ["`+to+`"]`) {
		t.Errorf("built as %q, copied from %q to %q, started otherwise", built, from, to)
	}
}

// TestNginxUnderstandsTheContainersConfiguration checks what compose.yaml gives to nginx, whose servers have no address here.
func TestNginxUnderstandsTheContainersConfiguration(t *testing.T) {
	program := service(t, "SMAABORNSVIDEN_NGINX")
	var compose struct {
		Configs map[string]struct {
			Content string `yaml:"content"`
		} `yaml:"configs"`
	}
	if err := yaml.Unmarshal([]byte(readDeploy(t, "compose.yaml")), &compose); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	conf := strings.NewReplacer("$$", "$", "server1:", "127.0.0.1:", "server2:", "127.0.0.2:", "listen 80", "listen 127.0.0.1:8099",
		"http {", "http {\n"+ownFolders(dir)).Replace(compose.Configs["nginx"].Content)
	writeTestFile(t, filepath.Join(dir, "nginx.conf"), conf)
	cmd := exec.Command(program, "-t", "-p", dir, "-e", "stderr", "-c", filepath.Join(dir, "nginx.conf"), "-g", "pid "+dir+"/nginx.pid;")
	if out, err := cmd.CombinedOutput(); err != nil || strings.Contains(string(out), "[warn]") {
		t.Errorf("%v\n%s", err, out)
	}
}
