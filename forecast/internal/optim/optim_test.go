package optim

import (
	"math"
	"testing"
)

func rosenbrock(x []float64) float64 {
	s := 0.0
	for i := 1; i < len(x); i++ {
		a, b := 1-x[i-1], x[i]-x[i-1]*x[i-1]
		s += a*a + 100*b*b
	}
	return s
}

func fill(n int, v float64) []float64 {
	x := make([]float64, n)
	for i := range x {
		x[i] = v
	}
	return x
}

// Minima of test functions known by construction; the boxed ones by the
// Karush–Kuhn–Tucker conditions.
func TestNelderMead(t *testing.T) {
	tests := []struct {
		name          string
		f             func([]float64) float64
		x0, lo, hi    []float64
		want          []float64
		wantF, within float64
	}{
		{"parabola", func(x []float64) float64 { return (x[0] - 3) * (x[0] - 3) }, []float64{0}, []float64{-10}, []float64{10}, []float64{3}, 0, 1e-4},
		{"parabola at a bound", func(x []float64) float64 { return (x[0] - 3) * (x[0] - 3) }, []float64{0}, []float64{-10}, []float64{2}, []float64{2}, 1, 1e-6},
		{"rosenbrock 2", rosenbrock, []float64{-1.2, 1}, fill(2, -5), fill(2, 5), []float64{1, 1}, 0, 1e-3},
		{"rosenbrock 4", rosenbrock, []float64{-1.2, 1, -1.2, 1}, fill(4, -5), fill(4, 5), fill(4, 1), 0, 1e-3},
		{"rosenbrock boxed", rosenbrock, []float64{0, 0}, fill(2, -0.5), fill(2, 0.5), []float64{0.5, 0.25}, 0.25, 1e-3},
		{"sphere 8", func(x []float64) float64 {
			s := 0.0
			for i, v := range x {
				s += float64(i+1) * (v - 1) * (v - 1)
			}
			return s
		}, fill(8, 0), fill(8, -5), fill(8, 5), fill(8, 1), 0, 1e-3},
		{"NaN outside a disc", func(x []float64) float64 {
			if x[0]*x[0]+x[1]*x[1] > 4 {
				return math.NaN()
			}
			return (x[0]-1)*(x[0]-1) + x[1]*x[1]
		}, []float64{-1, 1}, fill(2, -5), fill(2, 5), []float64{1, 0}, 0, 1e-3},
		{"a box of no width", func(x []float64) float64 { return x[0] + x[1]*x[1] }, []float64{5, 1}, []float64{2, -1}, []float64{2, 1}, []float64{2, 0}, 2, 1e-3},
	}
	var nm NelderMead // shared on purpose: the workspace must adapt
	nm.MaxEval, nm.Tol, nm.Restarts = 20000, 1e-10, 3
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			x := append([]float64(nil), tt.x0...)
			r := nm.Minimize(tt.f, x, tt.lo, tt.hi, fill(len(x), 0.5))
			if !r.Converged {
				t.Errorf("not converged after %d evaluations", r.Evals)
			}
			if math.Abs(r.F-tt.wantF) > 1e-6 {
				t.Errorf("minimum %g, want %g", r.F, tt.wantF)
			}
			for i := range x {
				if x[i] < tt.lo[i] || x[i] > tt.hi[i] {
					t.Errorf("x[%d] = %g is outside the box", i, x[i])
				}
				if math.Abs(x[i]-tt.want[i]) > tt.within {
					t.Errorf("x[%d] = %g, want %g", i, x[i], tt.want[i])
				}
			}
		})
	}
}

func TestNelderMeadStops(t *testing.T) {
	nm := NelderMead{MaxEval: 30}
	r := nm.Minimize(rosenbrock, []float64{-1.2, 1}, fill(2, -5), fill(2, 5), fill(2, 0.1))
	if r.Converged || r.Evals > 30+4 {
		t.Errorf("MaxEval 30: %+v", r)
	}
	r = nm.Minimize(func([]float64) float64 { return math.Inf(1) }, []float64{0, 0}, fill(2, -5), fill(2, 5), fill(2, 0.1))
	if !math.IsInf(r.F, 1) {
		t.Errorf("a function that is nowhere finite: %+v", r)
	}
}

func TestNelderMeadAllocatesNothing(t *testing.T) {
	var nm NelderMead
	x, lo, hi, step := fill(4, -1), fill(4, -5), fill(4, 5), fill(4, 0.5)
	n := testing.AllocsPerRun(10, func() {
		for i := range x {
			x[i] = -1
		}
		nm.Minimize(rosenbrock, x, lo, hi, step)
	})
	if n != 0 {
		t.Errorf("%g allocations a run", n)
	}
}

func TestLine(t *testing.T) {
	tests := []struct {
		name   string
		f      func(float64) float64
		lo, hi float64
		want   float64
	}{
		{"parabola", func(x float64) float64 { return (x - 0.3) * (x - 0.3) }, 0, 1, 0.3},
		{"left end", func(x float64) float64 { return x }, 0, 1, 0},
		{"right end", func(x float64) float64 { return -x }, 0, 1, 1},
		{"two valleys", func(x float64) float64 { return math.Cos(12*x) + x }, 0, 1, (math.Pi - math.Asin(1./12)) / 12},
		{"point", func(x float64) float64 { return x }, 2, 2, 2},
		{"NaN in part", func(x float64) float64 { return math.Log(x-0.2) * math.Log(x-0.2) }, -2, 2, 1.2},
	}
	for _, tt := range tests {
		x, fx := Line(tt.f, tt.lo, tt.hi, 16, 1e-3)
		if math.Abs(x-tt.want) > 1e-5 || fx != tt.f(x) {
			t.Errorf("%s: x = %.9g (f = %g), want %.9g", tt.name, x, fx, tt.want)
		}
	}
}

func BenchmarkNelderMead4(b *testing.B) {
	var nm NelderMead
	x, lo, hi, step := fill(4, -1), fill(4, -5), fill(4, 5), fill(4, 0.5)
	b.ReportAllocs()
	for b.Loop() {
		for i := range x {
			x[i] = -1
		}
		nm.Minimize(rosenbrock, x, lo, hi, step)
	}
}
