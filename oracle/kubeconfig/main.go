// Records how client-go, and so kubectl, reads the kubeconfigs of the tests.
package main

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"runtime/debug"
	"sort"
	"strings"

	_ "k8s.io/client-go/plugin/pkg/client/auth"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"
	"k8s.io/client-go/transport"
)

// Verdict is what one kubeconfig means, or why it means nothing.
type Verdict struct {
	Error       string              `json:"error,omitempty"`
	Server      string              `json:"server,omitempty"`
	Namespace   string              `json:"namespace,omitempty"`
	Authority   string              `json:"authority,omitempty"`
	Insecure    bool                `json:"insecure,omitempty"`
	ServerName  string              `json:"server_name,omitempty"`
	Certificate string              `json:"certificate,omitempty"`
	Key         string              `json:"key,omitempty"`
	Token       string              `json:"token,omitempty"`
	TokenFile   string              `json:"token_file,omitempty"`
	Username    string              `json:"username,omitempty"`
	Password    string              `json:"password,omitempty"`
	As          string              `json:"as,omitempty"`
	AsUID       string              `json:"as_uid,omitempty"`
	AsGroups    []string            `json:"as_groups,omitempty"`
	AsExtra     map[string][]string `json:"as_extra,omitempty"`
	Proxy       string              `json:"proxy,omitempty"`
	Exec        *Exec               `json:"exec,omitempty"`
}

// Exec is a credential plugin.
type Exec struct {
	Command     string          `json:"command"`
	Args        []string        `json:"args,omitempty"`
	Env         []string        `json:"env,omitempty"`
	APIVersion  string          `json:"api_version"`
	InstallHint string          `json:"install_hint,omitempty"`
	Mode        string          `json:"mode"`
	Cluster     json.RawMessage `json:"cluster,omitempty"`
}

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: kubeconfig FOLDER, which has cases/*.yaml")
		os.Exit(2)
	}
	if err := record(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func record(folder string) error {
	for _, name := range []string{"KUBECONFIG", "KUBERNETES_SERVICE_HOST", "POD_NAMESPACE", "HTTPS_PROXY", "HTTP_PROXY"} {
		os.Unsetenv(name)
	}
	if err := os.Chdir(folder); err != nil {
		return err
	}
	here, err := os.Getwd()
	if err != nil {
		return err
	}
	paths, err := filepath.Glob("cases/*.yaml")
	if err != nil {
		return err
	}
	sort.Strings(paths)
	cases := map[string]Verdict{}
	for _, path := range paths {
		name := strings.TrimSuffix(filepath.Base(path), ".yaml")
		cases[name] = read(path, here+"/cases/")
	}
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(map[string]any{"client-go": version(), "cases": cases}); err != nil {
		return err
	}
	return os.WriteFile("verdicts.json", text.Bytes(), 0o644)
}

func version() string {
	info, _ := debug.ReadBuildInfo()
	for _, module := range info.Deps {
		if module.Path == "k8s.io/client-go" {
			return module.Version
		}
	}
	return "unknown"
}

func read(path, folder string) Verdict {
	rules := &clientcmd.ClientConfigLoadingRules{ExplicitPath: path}
	loader := clientcmd.NewNonInteractiveDeferredLoadingClientConfig(rules, &clientcmd.ConfigOverrides{})
	config, err := loader.ClientConfig()
	if err == nil {
		err = usable(config)
	}
	if err != nil {
		return Verdict{Error: strings.ReplaceAll(err.Error(), folder, "")}
	}
	verdict, err := verdict(config, folder)
	if err != nil {
		return Verdict{Error: err.Error()}
	}
	verdict.Namespace, _, _ = loader.Namespace()
	return verdict
}

// usable is what client-go checks when it connects, short of parsing certificates.
func usable(config *rest.Config) error {
	wired, err := config.TransportConfig()
	if err != nil {
		return err
	}
	if wired.TLS.Insecure && wired.HasCA() {
		_, err := transport.TLSConfigFor(wired)
		return err
	}
	_, err = transport.HTTPWrappersForConfig(wired, http.DefaultTransport)
	return err
}

func verdict(config *rest.Config, folder string) (Verdict, error) {
	server, _, err := rest.DefaultServerUrlFor(config)
	if err != nil {
		return Verdict{}, err
	}
	relative := func(path string) string { return strings.TrimPrefix(path, folder) }
	verdict := Verdict{
		Server:      server.String(),
		Authority:   material(config.CAData, relative(config.CAFile)),
		Insecure:    config.Insecure,
		ServerName:  config.ServerName,
		Certificate: material(config.CertData, relative(config.CertFile)),
		Key:         material(config.KeyData, relative(config.KeyFile)),
		Token:       config.BearerToken,
		TokenFile:   relative(config.BearerTokenFile),
		Username:    config.Username,
		Password:    config.Password,
		As:          config.Impersonate.UserName,
		AsUID:       config.Impersonate.UID,
		AsGroups:    config.Impersonate.Groups,
		AsExtra:     config.Impersonate.Extra,
	}
	if config.Proxy != nil {
		proxy, err := config.Proxy(nil)
		if err != nil {
			return Verdict{}, err
		}
		verdict.Proxy = proxy.String()
	}
	// With a certificate or a key of each kind, neither is read again.
	if config.CertFile != "" && config.KeyFile == "" {
		verdict.Certificate, err = content(config.CertFile)
	}
	if config.KeyFile != "" && config.CertFile == "" {
		verdict.Key, err = content(config.KeyFile)
	}
	if err != nil {
		return Verdict{}, err
	}
	// A password alone is not sent, and a plugin not run beside other credentials.
	if config.Username == "" {
		verdict.Password = ""
	}
	if config.ExecProvider != nil && verdict.Token+verdict.TokenFile+verdict.Username+verdict.Certificate == "" {
		verdict.Exec, err = plugin(config, folder)
	}
	return verdict, err
}

func plugin(config *rest.Config, folder string) (*Exec, error) {
	provider := config.ExecProvider
	exec := &Exec{
		Command:     beside(provider.Command, folder),
		Args:        provider.Args,
		APIVersion:  provider.APIVersion,
		InstallHint: provider.InstallHint,
		Mode:        string(provider.InteractiveMode),
	}
	for _, variable := range provider.Env {
		exec.Env = append(exec.Env, variable.Name+"="+variable.Value)
	}
	if !provider.ProvideClusterInfo {
		return exec, nil
	}
	return exec, describe(config, exec)
}

// beside names a command by its place beside the kubeconfig.
func beside(command, folder string) string {
	above := filepath.Dir(filepath.Clean(folder)) + "/"
	switch {
	case strings.HasPrefix(command, folder):
		return strings.TrimPrefix(command, folder)
	case strings.HasPrefix(command, above):
		return "../" + strings.TrimPrefix(command, above)
	default:
		return command
	}
}

// describe adds the cluster as a plugin sees it.
func describe(config *rest.Config, exec *Exec) error {
	cluster, err := rest.ConfigToExecCluster(config)
	if err != nil {
		return err
	}
	var extension any
	if cluster.Config != nil {
		text, err := json.Marshal(cluster.Config)
		if err != nil {
			return err
		}
		if err := json.Unmarshal(text, &extension); err != nil {
			return err
		}
	}
	exec.Cluster, err = json.Marshal(map[string]any{
		"server":      cluster.Server,
		"server_name": cluster.TLSServerName,
		"insecure":    cluster.InsecureSkipTLSVerify,
		"authority":   material(cluster.CertificateAuthorityData, ""),
		"proxy":       cluster.ProxyURL,
		"config":      extension,
	})
	return err
}

// content is the PEM of a file.
func content(path string) (string, error) {
	data, err := os.ReadFile(path)
	return material(data, ""), err
}

// material names PEM by its file, or by its base64.
func material(data []byte, path string) string {
	switch {
	case len(data) > 0:
		return "data " + base64.StdEncoding.EncodeToString(data)
	case path != "":
		return "file " + path
	default:
		return ""
	}
}
