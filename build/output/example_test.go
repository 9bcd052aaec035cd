package output_test

import (
	"fmt"
	"log"

	"fieldguide/build/output"
)

func ExampleTree() {
	tree := output.Memory() // or output.Stage("public"), for a folder
	defer tree.Discard()
	for name, text := range map[string]string{"en/index.html": "Hello", "fr/index.html": "Bonjour"} {
		if err := tree.Put(name, []byte(text)); err != nil {
			log.Fatal(err)
		}
	}
	fmt.Println(tree.Put("EN/index.html", nil)) // on a memory card both would be one folder
	if err := tree.Publish(); err != nil {
		log.Fatal(err)
	}
	for _, f := range tree.Files() {
		fmt.Printf("%s %d %x…\n", f.Name, f.Size, f.SHA256[:4])
	}
	// Output:
	// EN/index.html and en/index.html cannot both be made: on some systems they are one path
	// en/index.html 5 185f8db3…
	// fr/index.html 7 9172e8ee…
}
