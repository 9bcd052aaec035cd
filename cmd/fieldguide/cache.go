package main

import (
	"crypto/sha256"
	"flag"
	"fmt"
	"os"
	"path/filepath"

	"fieldguide/build"
	"fieldguide/build/cache"
)

// cacheMost is how many bytes the cache may take: some guides in all their
// languages.
const cacheMost = 512 << 20

// cacheFlags are the flags of commands that keep what they make.
type cacheFlags struct {
	dir *string
	no  *bool
}

func addCacheFlags(flags *flag.FlagSet) cacheFlags {
	return cacheFlags{
		dir: flags.String("cache", "", "`DIR` keeps what need not be made again; the user's cache folder when it is not named"),
		no:  flags.Bool("no-cache", false, "make everything anew, and keep nothing"),
	}
}

// open adds the cache to the options of a build of the site in a folder, and
// returns what ends its use. Without a cache a build only takes longer, so one
// that cannot be had is no error unless it was named.
func (c cacheFlags) open(site string, o *build.Options) (shut func(), err error) {
	none := func() {}
	if *c.no {
		return none, nil
	}
	dir := *c.dir
	if dir == "" {
		user, err := os.UserCacheDir()
		if err != nil {
			return none, nil
		}
		dir = filepath.Join(user, "fieldguide")
	}
	store, err := cache.Open(dir, cacheMost)
	switch {
	case err != nil && *c.dir != "":
		return none, fmt.Errorf("opening the cache: %w", err)
	case err != nil:
		return none, nil
	}
	abs, err := filepath.Abs(site)
	if err != nil {
		abs = site
	}
	place := sha256.Sum256([]byte(abs))
	key := cache.NewKey("files").Bytes(place[:]).Sum()
	o.Memory = &build.Memory{Store: store, Files: &cache.Files{}}
	o.Memory.Files.Load(store, key)
	return func() {
		o.Memory.Files.Save(store, key)
		store.Close()
	}, nil
}
