// Package outdir writes the files of a program together: all of them are
// made in a temporary folder beside the target and moved into place only when
// every one is complete, so that a failure leaves what was there before.
package outdir

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Dir is a folder being written. Create it with New, write the files with
// Create, and finish with Commit; Abort drops what Commit has not moved.
type Dir struct {
	path  string
	tmp   string
	made  bool // the folder was not there before
	files []string
	lang  string
}

// New prepares to write into the folder path, which is made if need be. lang
// is the language of the errors, "zh" or "en". It fails if the folder cannot
// be written.
func New(path, lang string) (*Dir, error) {
	d := &Dir{path: filepath.Clean(path), lang: lang}
	if st, err := os.Stat(d.path); err == nil && !st.IsDir() {
		return nil, d.errf("%s 是文件，不是文件夹；请用 -out 指定另一个文件夹", "%s is a file, not a folder; choose another one with -out", path)
	}
	if _, err := os.Stat(d.path); err != nil {
		d.made = true
	}
	if err := os.MkdirAll(d.path, 0o755); err != nil {
		return nil, d.errf("不能创建文件夹 %s：%v", "cannot make the folder %s: %v", path, err)
	}
	tmp, err := os.MkdirTemp(d.path, ".writing-")
	if err != nil {
		return nil, d.errf("不能写入文件夹 %s：%v", "cannot write into the folder %s: %v", path, err)
	}
	d.tmp = tmp
	return d, nil
}

func (d *Dir) errf(zh, en string, args ...any) error {
	if d.lang == "en" {
		return fmt.Errorf(en, args...)
	}
	return fmt.Errorf(zh, args...)
}

// Create writes the file name, which may contain folders, with write.
func (d *Dir) Create(name string, write func(w io.Writer) error) (err error) {
	if !filepath.IsLocal(filepath.FromSlash(name)) {
		return d.errf("%q 指到了输出文件夹之外", "%q lies outside the output folder", name)
	}
	p := filepath.Join(d.tmp, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
		return err
	}
	f, err := os.Create(p)
	if err != nil {
		return err
	}
	defer func() {
		if e := f.Close(); err == nil {
			err = e
		}
		if err != nil {
			err = fmt.Errorf("%s: %w", name, err)
		}
	}()
	if err := write(f); err != nil {
		return err
	}
	d.files = append(d.files, name)
	return nil
}

// Commit moves the files into place and returns their names. If one of them
// is open in a spreadsheet program nothing is moved and the error says so.
func (d *Dir) Commit() ([]string, error) {
	defer d.Abort()
	var errs []error
	for _, name := range d.files {
		if by := openIn(filepath.Join(d.path, filepath.FromSlash(name))); by != "" {
			errs = append(errs, d.errf("%s 正被打开（有 %s），请先关闭文件", "%s is open (there is %s); please close the file first", filepath.Join(d.path, name), by))
		}
	}
	if len(errs) > 0 {
		return nil, errors.Join(errs...)
	}
	// Move what was there aside first, so that it can be put back: a file
	// held by another program fails to move on Windows.
	type moved struct{ from, to string }
	var done []moved
	undo := func() {
		for _, m := range slices.Backward(done) {
			os.Rename(m.to, m.from)
		}
	}
	for _, name := range d.files {
		dst := filepath.Join(d.path, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(dst), 0o755); err != nil {
			undo()
			return nil, err
		}
		if _, err := os.Lstat(dst); err == nil {
			old := filepath.Join(d.tmp, "old", filepath.FromSlash(name))
			if err := os.MkdirAll(filepath.Dir(old), 0o755); err != nil {
				undo()
				return nil, err
			}
			if err := os.Rename(dst, old); err != nil {
				undo()
				return nil, d.errf("不能替换 %s：%v；如果它正在 Excel 或 WPS 中打开，请先关闭文件", "cannot replace %s: %v; if it is open in Excel or WPS, please close the file first", dst, err)
			}
			done = append(done, moved{dst, old})
		}
		src := filepath.Join(d.tmp, filepath.FromSlash(name))
		if err := os.Rename(src, dst); err != nil {
			undo()
			return nil, err
		}
		done = append(done, moved{src, dst})
	}
	return d.files, nil
}

// Abort removes what was written and not moved into place, and the folder
// itself if New made it and nothing else is in it.
func (d *Dir) Abort() {
	os.RemoveAll(d.tmp)
	if d.made {
		os.Remove(d.path) // fails, as it should, unless the folder is empty
	}
}

// openIn returns the name of the lock file that a spreadsheet program keeps
// beside an open workbook, or an empty string.
func openIn(path string) string {
	dir, base := filepath.Split(path)
	if !strings.HasSuffix(base, ".xlsx") {
		return ""
	}
	for _, lock := range []string{"~$" + base, ".~lock." + base + "#"} {
		if _, err := os.Stat(filepath.Join(dir, lock)); err == nil {
			return lock
		}
	}
	return ""
}

// WriteFile writes one file by way of a temporary one beside it, so that a
// failure leaves what was there before. "-" is standard output.
func WriteFile(path, lang string, write func(w io.Writer) error) error {
	if path == "-" {
		return write(os.Stdout)
	}
	dir := &Dir{lang: lang}
	if by := openIn(path); by != "" {
		return dir.errf("%s 正被打开（有 %s），请先关闭文件", "%s is open (there is %s); please close the file first", path, by)
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".writing-*")
	if err != nil {
		return dir.errf("不能写入 %s：%v", "cannot write %s: %v", path, err)
	}
	defer os.Remove(f.Name())
	if err := write(f); err != nil {
		f.Close()
		return fmt.Errorf("%s: %w", path, err)
	}
	if err := f.Close(); err != nil {
		return err
	}
	if err := os.Chmod(f.Name(), 0o644); err != nil {
		return err
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return dir.errf("不能替换 %s：%v；如果它正在 Excel 或 WPS 中打开，请先关闭文件", "cannot replace %s: %v; if it is open in Excel or WPS, please close the file first", path, err)
	}
	return nil
}
