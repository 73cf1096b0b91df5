package pooled

import (
	"errors"
	"fmt"
	"math"

	"example.com/zhibiao/forecast"
)

// shippedWorth is how many series the shipped table counts for when a
// portfolio re-weights it.
const shippedWorth = 20

// Learn re-weights the shipped prior by a portfolio: indicators of one
// place or kind share how fast they grow and how much they vary. The shipped
// weights count as much as twenty series, so a few series change little and a
// hundred dominate. The weights are those of highest posterior probability
// under a Dirichlet prior centred on the shipped ones, by the EM algorithm, with
// the tempered likelihoods that Mixture uses.
//
// Series of which fewer than two values are known teach nothing; one with an
// infinite value is an error that names its place. Learn accepts gaps, bounds
// and intervals as Mixture does; series that are not positive and series
// between bounds teach the atoms that serve them.
func Learn(series ...forecast.Data) (Mixture, error) {
	var errs []error
	base := Shipped()
	var likelihoods [][]float64
	for i, d := range series {
		if err := d.Validate(); err != nil {
			if !errors.Is(err, forecast.ErrEmpty) {
				errs = append(errs, fmt.Errorf("pooled: series %d: %w", i+1, err))
			}
			continue
		}
		if l := base.likelihoods(d); l != nil {
			likelihoods = append(likelihoods, l)
		}
	}
	if err := errors.Join(errs...); err != nil {
		return Mixture{}, err
	}
	if len(likelihoods) == 0 {
		return Mixture{}, nil
	}
	t := &Table{atoms: base.Atoms(), gains: base.gains}
	count := make([]float64, len(t.atoms))
	for range 50 {
		for i, a := range base.atoms {
			count[i] = shippedWorth * a.Weight
		}
		for _, l := range likelihoods {
			sum := 0.0
			for i, v := range l {
				sum += v * t.atoms[i].Weight
			}
			if sum > 0 {
				for i, v := range l {
					count[i] += v * t.atoms[i].Weight / sum
				}
			}
		}
		total := 0.0
		for _, c := range count {
			total += c
		}
		for i := range t.atoms {
			t.atoms[i].Weight = count[i] / total
		}
	}
	t.average()
	return Mixture{Table: t}, nil
}

// likelihoods returns what every atom makes of a series, up to a factor; nil
// if there are fewer than two values. Atoms that do not serve the series have
// the average, so that it leaves their share alone.
func (t *Table) likelihoods(d forecast.Data) []float64 {
	s := newScale(d)
	only, single := s.power()
	m := &mixtureModel{scale: s, prior: t.forPeriods(d.Season, len(d.Y)).centred(Context{}, 1, s.kind != logScale || d.Expect.Stable, d.Season, len(d.Y))}
	if obs, _ := s.observations(d, 2); len(obs) < 2 {
		return nil
	}
	logs := m.logLikelihoods(d)
	top := math.Inf(-1)
	for i := range logs {
		if !(single && t.atoms[i].Power != only) {
			top = max(top, logs[i])
		}
	}
	sum, weight := 0.0, 0.0
	for i := range logs {
		if !(single && t.atoms[i].Power != only) {
			logs[i] = math.Exp(logs[i] - top)
			sum += logs[i] * t.atoms[i].Weight
			weight += t.atoms[i].Weight
		}
	}
	for i := range logs {
		if single && t.atoms[i].Power != only {
			logs[i] = sum / weight
		}
	}
	return logs
}
