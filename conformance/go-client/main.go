// Verifies a log with golang.org/x/mod's own notes, tiles and proofs: checkpoint signature, inclusion of one entry,
// consistency from an earlier size. Usage: client <folder or URL> <vkey> <entry index> <old size>
package main

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type source struct{ prefix string }

func (s source) read(path string) ([]byte, error) {
	if !strings.HasPrefix(s.prefix, "http") {
		return os.ReadFile(s.prefix + "/" + path)
	}
	answer, err := http.Get(s.prefix + "/" + path)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s: %s", path, answer.Status)
	}
	return io.ReadAll(answer.Body)
}

func (s source) Height() int { return 8 }

func (s source) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	content := make([][]byte, len(tiles))
	for i, tile := range tiles {
		// The module's paths name the tile height; tlog-tiles leaves it out.
		bytes, err := s.read(strings.Replace(tile.Path(), "tile/8/", "tile/", 1))
		if err != nil {
			return nil, err
		}
		content[i] = bytes
	}
	return content, nil
}

func (s source) SaveTiles([]tlog.Tile, [][]byte) {}

func check(err error) {
	if err != nil {
		fmt.Println("FAIL", err)
		os.Exit(1)
	}
}

func main() {
	from := source{os.Args[1]}
	verifier, err := note.NewVerifier(os.Args[2])
	check(err)
	index, err := strconv.ParseInt(os.Args[3], 10, 64)
	check(err)
	old, err := strconv.ParseInt(os.Args[4], 10, 64)
	check(err)

	signed, err := from.read("checkpoint")
	check(err)
	opened, err := note.Open(signed, note.VerifierList(verifier))
	check(err)
	lines := strings.Split(opened.Text, "\n")
	size, err := strconv.ParseInt(lines[1], 10, 64)
	check(err)
	root, err := tlog.ParseHash(lines[2])
	check(err)

	hashes := tlog.TileHashReader(tlog.Tree{N: size, Hash: root}, from)
	width := ""
	if size-index/256*256 < 256 {
		width = fmt.Sprintf(".p/%d", size%256)
	}
	bundle, err := from.read("tile/entries/" + fmt.Sprintf("%03d", index/256) + width)
	check(err)
	for i := int64(0); i < index%256; i++ {
		bundle = bundle[2+int(bundle[0])<<8+int(bundle[1]):]
	}
	entry := bundle[2 : 2+int(bundle[0])<<8+int(bundle[1])]

	inclusion, err := tlog.ProveRecord(size, index, hashes)
	check(err)
	check(tlog.CheckRecord(inclusion, size, root, index, tlog.RecordHash(entry)))
	oldRoot, err := tlog.TreeHash(old, hashes)
	check(err)
	consistency, err := tlog.ProveTree(size, old, hashes)
	check(err)
	check(tlog.CheckTree(consistency, size, root, old, oldRoot))
	fmt.Printf("OK origin=%s size=%d inclusion=%d consistency=%d old=%s\n", lines[0], size, len(inclusion), len(consistency), oldRoot)
}
