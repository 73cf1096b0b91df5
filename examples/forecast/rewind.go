package main

import (
	"io"
	"os"
)

// source is an input that can be read twice.
type source struct {
	io.ReadSeeker
	start int64
	temp  *os.File // a copy to remove; nil if the input is a file itself
}

// rewindable returns in as it is if it can be read twice, otherwise a copy in
// a temporary file.
func rewindable(in io.Reader) (*source, error) {
	if f, ok := in.(io.ReadSeeker); ok {
		if at, err := f.Seek(0, io.SeekCurrent); err == nil {
			return &source{ReadSeeker: f, start: at}, nil
		}
	}
	f, err := os.CreateTemp("", "forecast-*.csv")
	if err != nil {
		return nil, err
	}
	s := &source{ReadSeeker: f, temp: f}
	if _, err := io.Copy(f, in); err != nil {
		s.close()
		return nil, err
	}
	if err := s.rewind(); err != nil {
		s.close()
		return nil, err
	}
	return s, nil
}

func (s *source) rewind() error {
	_, err := s.Seek(s.start, io.SeekStart)
	return err
}

func (s *source) close() {
	if s.temp != nil {
		_ = s.temp.Close()
		_ = os.Remove(s.temp.Name())
	}
}
