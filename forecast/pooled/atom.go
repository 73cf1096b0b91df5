package pooled

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"sync"

	_ "embed"
)

// Atom is one member of a mixture prior: a damped local trend that reverts
// to a long-run growth (Harvey 1989, section 2.3.6). With y the series and g
// the geometric mean of the values used, the transformed series
// z = log(y/g), 2√(y/g) or y/g, which have the same slope at y = g, follows
//
//	z_t = l_t + e_t                          e ~ N(0, Obs²)
//	l_t = l_{t−1} + b_{t−1} + n_t            n ~ N(0, Level²)
//	b_t = Mu + Phi·(b_{t−1} − Mu) + c_t      c ~ N(0, Slope²),  b_1 ~ N(Mu, Tau²)
//
// Everything counts per period, a year in the shipped table.
type Atom struct {
	Weight float64 // prior probability
	Power  Power   // the transformation
	Obs    float64 // standard deviation of errors that leave no trace
	Level  float64 // standard deviation of permanent changes
	Slope  float64 // standard deviation of changes of growth
	Phi    float64 // what remains of a deviation from the long-run growth, 0 to 1
	Mu     float64 // long-run growth
	Tau    float64 // standard deviation of the first growth about Mu
	Tail   float64 // degrees of freedom of the Student t by which the atom is judged; 0: normal
}

// Power is the transformation of an atom.
type Power uint8

// The transformations of atoms, with equal Jacobians when the unit is the
// geometric mean, so that their likelihoods compare directly.
const (
	Logarithm Power = iota // log(y/g): growth is constant in per cent
	Root                   // 2√(y/g): in between
	Identity               // y/g: growth is constant in units
)

// Table is a mixture prior: atoms with what can be computed of them without
// data. It is immutable, and the same table may serve many goroutines.
type Table struct {
	atoms []Atom
	gains []gains
	mu    float64 // mean growth; of a centred table what it is centred on
	sd    float64 // standard deviation of growth
}

// NewTable makes a table of atoms; weights are scaled to sum to one. It
// returns an error that lists every atom with an impossible number.
func NewTable(atoms []Atom) (*Table, error) {
	var errs []error
	sum := 0.0
	for i, a := range atoms {
		switch v := a.Weight + a.Obs + a.Level + a.Slope + a.Phi + a.Mu + a.Tau + a.Tail; {
		case math.IsNaN(v) || math.IsInf(v, 0):
			errs = append(errs, fmt.Errorf("pooled: atom %d holds a number that is not finite", i+1))
		case a.Weight < 0 || a.Obs < 0 || a.Level < 0 || a.Slope < 0 || a.Tau < 0 || a.Tail < 0:
			errs = append(errs, fmt.Errorf("pooled: atom %d holds a negative weight or spread", i+1))
		case a.Obs+a.Level == 0:
			errs = append(errs, fmt.Errorf("pooled: atom %d has no noise", i+1))
		case a.Phi < 0 || a.Phi > 1:
			errs = append(errs, fmt.Errorf("pooled: atom %d: Phi is %g, outside [0, 1]", i+1, a.Phi))
		case a.Power > Identity:
			errs = append(errs, fmt.Errorf("pooled: atom %d: unknown transformation %d", i+1, a.Power))
		}
		sum += a.Weight
	}
	if len(atoms) == 0 || !(sum > 0) {
		errs = append(errs, errors.New("pooled: a table needs atoms with positive weights"))
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	t := &Table{atoms: append([]Atom(nil), atoms...), gains: make([]gains, len(atoms))}
	for i := range t.atoms {
		t.atoms[i].Weight /= sum
	}
	t.complete(window)
	return t, nil
}

// complete computes what follows from the atoms, for series of up to n values.
func (t *Table) complete(n int) {
	for i := range t.atoms {
		t.gains[i] = newGains(&t.atoms[i], n)
	}
	t.average()
}

// average computes mean and standard deviation of growth, weights scaled to
// sum to one.
func (t *Table) average() {
	sum := 0.0
	t.mu, t.sd = 0, 0
	for _, a := range t.atoms {
		sum += a.Weight
		t.mu += a.Weight * a.Mu
	}
	t.mu /= sum
	for i := range t.atoms {
		a := &t.atoms[i]
		a.Weight /= sum
		t.sd += a.Weight * (a.Tau*a.Tau + (a.Mu-t.mu)*(a.Mu-t.mu))
	}
	t.sd = math.Sqrt(t.sd)
}

// Atoms returns a copy of the table's atoms.
func (t *Table) Atoms() []Atom { return append([]Atom(nil), t.atoms...) }

// Growth returns mean and standard deviation of the growth per period that
// the table expects before it sees a series, as logarithms.
func (t *Table) Growth() (mean, sd float64) { return t.mu, t.sd }

// tableHeader is the first line of a table in text form.
const tableHeader = "weight,power,obs,level,slope,phi,mu,tau,tail"

// MarshalText writes the table as CSV, one atom a line, numbers with as many
// digits as they need.
func (t *Table) MarshalText() ([]byte, error) {
	b := []byte(tableHeader + "\n")
	for _, a := range t.atoms {
		b = strconv.AppendFloat(b, a.Weight, 'g', -1, 64)
		b = append(b, ',')
		b = strconv.AppendUint(b, uint64(a.Power), 10)
		for _, v := range [...]float64{a.Obs, a.Level, a.Slope, a.Phi, a.Mu, a.Tau, a.Tail} {
			b = append(b, ',')
			b = strconv.AppendFloat(b, v, 'g', -1, 64)
		}
		b = append(b, '\n')
	}
	return b, nil
}

// ParseTable reads what MarshalText writes. Errors name the line.
func ParseTable(text string) (*Table, error) {
	lines := strings.Split(strings.TrimRight(strings.ReplaceAll(text, "\r\n", "\n"), "\n"), "\n")
	if lines[0] != tableHeader {
		return nil, fmt.Errorf("pooled: line 1: expected the header %q", tableHeader)
	}
	var errs []error
	var atoms []Atom
	for i, line := range lines[1:] {
		f := strings.Split(line, ",")
		if len(f) != 9 {
			errs = append(errs, fmt.Errorf("pooled: line %d: %d fields, expected 9", i+2, len(f)))
			continue
		}
		var v [9]float64
		for j, s := range f {
			x, err := strconv.ParseFloat(s, 64)
			if err != nil {
				errs = append(errs, fmt.Errorf("pooled: line %d, field %d: %q is not a number", i+2, j+1, s))
			}
			v[j] = x
		}
		if v[1] != 0 && v[1] != 1 && v[1] != 2 {
			errs = append(errs, fmt.Errorf("pooled: line %d: power %q is none of 0, 1, 2", i+2, f[1]))
			continue
		}
		atoms = append(atoms, Atom{v[0], Power(v[1]), v[2], v[3], v[4], v[5], v[6], v[7], v[8]})
	}
	if len(errs) > 0 {
		return nil, errors.Join(errs...)
	}
	return NewTable(atoms)
}

//go:embed table.csv
var shippedText string

// Shipped returns the table that is embedded in the package. It was learned
// by examples/prior from the training parts of the yearly series of the M4
// competition (Makridakis, Spiliotis & Assimakopoulos 2020).
func Shipped() *Table { return shipped() }

var shipped = sync.OnceValue(func() *Table {
	t, err := ParseTable(shippedText)
	if err != nil {
		panic("pooled: embedded table is damaged")
	}
	return t
})
