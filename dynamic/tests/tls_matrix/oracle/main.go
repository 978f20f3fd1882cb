// Command oracle answers what Go's TLS, set up as client-go does, says of a server, and makes
// keys, signatures and servers of kinds that the tests cannot make themselves. It reads
// questions as lines of JSON and writes an answer to each.
package main

import (
	"bufio"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	_ "crypto/sha1"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"net"
	"os"
	"runtime"
	"time"
)

type question struct {
	Do string `json:"do"`

	// Of key and sign.
	Kind    string `json:"kind"`
	Hash    string `json:"hash"`
	Message []byte `json:"message"`

	// Of serve: with the key, and of dial: the client's.
	Key         string   `json:"key"`
	Chain       [][]byte `json:"chain"`
	OnlyTLS12   bool     `json:"only_tls12"`
	AsksClients bool     `json:"asks_clients"`

	// Of dial.
	Address     string `json:"address"`
	Authorities string `json:"authorities"`
	Insecure    bool   `json:"insecure"`
	Name        string `json:"name"`
	Certificate string `json:"certificate"`
}

type answer struct {
	Error     string `json:"error,omitempty"`
	Version   string `json:"version,omitempty"`
	Key       string `json:"key,omitempty"`
	KeyInfo   []byte `json:"key_info,omitempty"`
	Signature []byte `json:"signature,omitempty"`
	Address   string `json:"address,omitempty"`
}

func main() {
	in := json.NewDecoder(bufio.NewReader(os.Stdin))
	out := json.NewEncoder(os.Stdout)
	for {
		var q question
		if in.Decode(&q) != nil {
			return
		}
		a, err := ask(q)
		if err != nil {
			a = answer{Error: err.Error()}
		}
		if out.Encode(a) != nil {
			return
		}
	}
}

func ask(q question) (answer, error) {
	switch q.Do {
	case "version":
		return answer{Version: runtime.Version()}, nil
	case "key":
		return makeKey(q.Kind)
	case "sign":
		return sign(q)
	case "serve":
		return serve(q)
	case "dial":
		return answer{}, dial(q)
	}
	return answer{}, fmt.Errorf("unknown question %q", q.Do)
}

func makeKey(kind string) (answer, error) {
	var key crypto.Signer
	var err error
	switch kind {
	case "rsa-1024":
		key, err = rsa.GenerateKey(rand.Reader, 1024)
	case "rsa-2048":
		key, err = rsa.GenerateKey(rand.Reader, 2048)
	case "rsa-4096":
		key, err = rsa.GenerateKey(rand.Reader, 4096)
	case "p224":
		key, err = ecdsa.GenerateKey(elliptic.P224(), rand.Reader)
	case "p521":
		key, err = ecdsa.GenerateKey(elliptic.P521(), rand.Reader)
	default:
		return answer{}, fmt.Errorf("unknown kind of key %q", kind)
	}
	if err != nil {
		return answer{}, err
	}
	private, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return answer{}, err
	}
	public, err := x509.MarshalPKIXPublicKey(key.Public())
	if err != nil {
		return answer{}, err
	}
	block := &pem.Block{Type: "PRIVATE KEY", Bytes: private}
	return answer{Key: string(pem.EncodeToMemory(block)), KeyInfo: public}, nil
}

func readKey(text string) (crypto.Signer, error) {
	block, _ := pem.Decode([]byte(text))
	if block == nil {
		return nil, errors.New("no key")
	}
	key, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		return nil, err
	}
	return key.(crypto.Signer), nil
}

func sign(q question) (answer, error) {
	hashes := map[string]crypto.Hash{
		"SHA-1": crypto.SHA1, "SHA-256": crypto.SHA256, "SHA-384": crypto.SHA384, "SHA-512": crypto.SHA512,
	}
	key, err := readKey(q.Key)
	if err != nil {
		return answer{}, err
	}
	hash := hashes[q.Hash]
	digest := hash.New()
	digest.Write(q.Message)
	signature, err := key.Sign(rand.Reader, digest.Sum(nil), hash)
	return answer{Signature: signature}, err
}

func serve(q question) (answer, error) {
	key, err := readKey(q.Key)
	if err != nil {
		return answer{}, err
	}
	config := &tls.Config{
		Certificates: []tls.Certificate{{Certificate: q.Chain, PrivateKey: key}},
		NextProtos:   []string{"http/1.1"},
	}
	if q.OnlyTLS12 {
		config.MaxVersion = tls.VersionTLS12
	}
	if q.AsksClients {
		config.ClientAuth = tls.RequireAnyClientCert
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return answer{}, err
	}
	go func() {
		for {
			connection, err := listener.Accept()
			if err != nil {
				return
			}
			go reply(tls.Server(connection, config))
		}
	}()
	return answer{Address: listener.Addr().String()}, nil
}

func reply(connection *tls.Conn) {
	defer connection.Close()
	connection.SetDeadline(time.Now().Add(20 * time.Second))
	reader := bufio.NewReader(connection)
	for {
		line, err := reader.ReadString('\n')
		if err != nil {
			return
		}
		if line == "\r\n" {
			break
		}
	}
	connection.Write([]byte("HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}"))
}

// dial does what a client made from a rest.Config does: its transport makes the same tls.Config.
func dial(q question) error {
	config := &tls.Config{
		MinVersion:         tls.VersionTLS12,
		InsecureSkipVerify: q.Insecure,
		ServerName:         q.Name,
		NextProtos:         []string{"h2", "http/1.1"},
	}
	if q.Authorities != "" {
		config.RootCAs = x509.NewCertPool()
		if !config.RootCAs.AppendCertsFromPEM([]byte(q.Authorities)) {
			return errors.New("unable to load root certificates")
		}
	}
	if q.Certificate != "" {
		pair, err := tls.X509KeyPair([]byte(q.Certificate), []byte(q.Key))
		if err != nil {
			return err
		}
		config.GetClientCertificate = func(*tls.CertificateRequestInfo) (*tls.Certificate, error) {
			return &pair, nil
		}
	}
	dialer := &net.Dialer{Timeout: 20 * time.Second}
	connection, err := tls.DialWithDialer(dialer, "tcp", q.Address, config)
	if err != nil {
		return err
	}
	defer connection.Close()
	connection.SetDeadline(time.Now().Add(20 * time.Second))
	if _, err := connection.Write([]byte("GET /version HTTP/1.1\r\nhost: a\r\n\r\n")); err != nil {
		return err
	}
	_, err = bufio.NewReader(connection).ReadString('\n')
	return err
}
