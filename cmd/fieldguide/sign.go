package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"fieldguide/build/release"
)

var signCommand = &command{
	name:  "sign",
	args:  "DIR --key FILE [--password-file FILE]",
	short: "sign the release in a folder",
	long: `
Writes release.json.minisig, when every file is what release.json says. FILE is a
secret key, made by keygen or minisign. Its password, if it has one, stands in the
file that --password-file names, or in the variable FIELDGUIDE_PASSWORD.`,
	run: runSign,
}

func runSign(e *env, args []string) error {
	flags := flag.NewFlagSet("sign", flag.ContinueOnError)
	name := flags.String("key", "", "`FILE` of the secret key")
	secret := addPasswordFlag(flags)
	if err := e.parse(flags, flagsFirst(args), 1, 1); err != nil {
		return err
	}
	signer, err := secret.signer(*name)
	if err != nil {
		return err
	}
	dir := flags.Arg(0)
	c, err := openCopy(dir)
	if err != nil {
		return err
	}
	defer c.Close()
	report, err := (&release.Verifier{Now: now(), Beside: true}).Verify(e.ctx, c)
	if err != nil {
		return err
	}
	if !report.Good() {
		e.problems(report)
		fmt.Fprintln(e.stderr, "not signed")
		return errFindings
	}
	manifest, err := os.ReadFile(filepath.Join(dir, release.ManifestName))
	if err != nil {
		return err
	}
	signature, err := signer.Sign(manifest)
	if err != nil {
		return err
	}
	if err := release.PutSignature(dir, signature, report.Released); err != nil {
		return err
	}
	fmt.Fprintf(e.stdout, "release %d of %s is signed with %s\n", report.Serial, dir, release.KeyLine(signer.Key()))
	return nil
}

// passwordFlag says where the password of a secret key stands.
type passwordFlag struct{ file *string }

func addPasswordFlag(flags *flag.FlagSet) passwordFlag {
	return passwordFlag{flags.String("password-file", "", "`FILE` whose first line is the password of the secret key")}
}

// read returns the password, "" for none.
func (p passwordFlag) read() (string, error) {
	if *p.file == "" {
		return os.Getenv("FIELDGUIDE_PASSWORD"), nil
	}
	data, err := os.ReadFile(*p.file)
	if err != nil {
		return "", usageError{fmt.Errorf("--password-file: %w", err)}
	}
	line, _, _ := bytes.Cut(data, []byte("\n"))
	return strings.TrimSuffix(string(line), "\r"), nil
}

// signer reads a secret key.
func (p passwordFlag) signer(name string) (*release.Signer, error) {
	if name == "" {
		return nil, usageError{errors.New("it wants --key FILE, a secret key; `fieldguide keygen` makes one")}
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, usageError{fmt.Errorf("--key: %w", err)}
	}
	password, err := p.read()
	if err != nil {
		return nil, err
	}
	signer, err := release.ParseSigner(data, password)
	switch {
	case errors.Is(err, release.ErrPassword) && password == "":
		return nil, usageError{fmt.Errorf("%s has a password: name the file that holds it with --password-file, "+
			"or set FIELDGUIDE_PASSWORD", name)}
	case err != nil:
		return nil, usageError{fmt.Errorf("reading %s: %w", name, err)}
	}
	return signer, nil
}
