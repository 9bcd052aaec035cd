package main

import (
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"

	"fieldguide/build/release"
)

var keygenCommand = &command{
	name:  "keygen",
	args:  "[--out NAME] [--password-file FILE]",
	short: "make a pair of keys to sign releases with",
	long: `
Writes NAME.key, the secret key, and NAME.pub, the public one, as minisign does.
Whoever has the secret key can sign releases of the guide: keep it where no
server and no repository is, and a copy on paper. Print the public key wherever
people first hear of the guide; with it they can tell your copies from others.`,
	run: runKeygen,
}

func runKeygen(e *env, args []string) error {
	flags := flag.NewFlagSet("keygen", flag.ContinueOnError)
	out := flags.String("out", "release", "`NAME` of both files, without .key and .pub")
	secret := addPasswordFlag(flags)
	if err := e.parse(flags, args, 0, 0); err != nil {
		return err
	}
	password, err := secret.read()
	if err != nil {
		return err
	}
	signer, err := release.NewSigner()
	if err != nil {
		return err
	}
	key, err := signer.Encode(password)
	if err != nil {
		return err
	}
	public := release.KeyFile(signer.Key())
	for _, f := range []struct {
		name string
		data []byte
		mode fs.FileMode
	}{{*out + ".key", key, 0o600}, {*out + ".pub", public, 0o666}} {
		if err := create(f.name, f.data, f.mode); err != nil {
			return err
		}
	}
	if password == "" {
		fmt.Fprintf(e.stderr, "%s.key has no password: whoever can read it can sign\n", *out)
	}
	fmt.Fprintln(e.stdout, release.KeyLine(signer.Key()))
	return nil
}

// create writes a file where there is none.
func create(name string, data []byte, mode fs.FileMode) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if errors.Is(err, fs.ErrExist) {
		return usageError{fmt.Errorf("%s is there already, and a key that is lost cannot be had again; name another with --out", name)}
	}
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return errors.Join(err, f.Close())
}
