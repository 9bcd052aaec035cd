package main

import (
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"fieldguide/build"
	"fieldguide/build/cache"
)

// cacheMost is how many bytes the cache may take: some guides in all their
// languages.
const cacheMost = 1 << 30

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

// sources opens the site's folder with what builds of it remember, as open does.
func (c cacheFlags) sources(dir string) (fsys fs.FS, memory *build.Memory, shut func(), err error) {
	fsys, shutSite, err := sources(dir)
	if err != nil {
		return nil, nil, nil, err
	}
	memory, shutCache, err := c.open()
	if err != nil {
		shutSite()
		return nil, nil, nil, err
	}
	return fsys, memory, func() { shutCache(); shutSite() }, nil
}

// open returns what builds of a site remember, nil for nothing, and what ends its
// use. Without a cache a build only takes longer, so one that cannot be had is no
// error unless it was named.
func (c cacheFlags) open() (memory *build.Memory, shut func(), err error) {
	none := func() {}
	if *c.no {
		return nil, none, nil
	}
	dir := *c.dir
	if dir == "" {
		user, err := os.UserCacheDir()
		if err != nil {
			return nil, none, nil
		}
		dir = filepath.Join(user, "fieldguide")
	}
	store, err := cache.Open(dir, cacheMost)
	switch {
	case err != nil && *c.dir != "":
		return nil, none, fmt.Errorf("opening the cache: %w", err)
	case err != nil:
		return nil, none, nil
	}
	return &build.Memory{Store: store}, func() { store.Close() }, nil
}
