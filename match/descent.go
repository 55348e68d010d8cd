package match

// A descent lowers a dual's bound by the volume algorithm (Barahona and Anbil
// 2000): steps start from the best prices and go against the slopes averaged
// over the steps so far, so that the averages of what people take tend to an
// optimum of the relaxation. One step is one evaluation.
type descent struct {
	d      *dual
	slopes []int64 // by task: moving average of the slopes, in 1/2^16
	weight int64   // of the newest, in 1/2^16

	aim      int64 // what a step would gain if the bound was linear, scaled
	least    int64 // what aim does not go below
	stale    int   // steps since the last gain
	improved bool
}

const nodeWeight = 1 << 16 / 5

// newDescent averages over more steps with more people: then each task has more
// who might take it.
func newDescent(d *dual) descent {
	return descent{d: d, slopes: make([]int64, len(d.u)), weight: 1 << 16 / min(64, 10+int64(len(d.by))/2)}
}

// begin starts from the present prices. Averages go on from where they are
// unless fresh.
func (v *descent) begin(aim int64, fresh bool) {
	d := v.d
	v.aim, v.least, v.stale, v.improved = max(1, aim), 0, 0, false
	d.reset()
	if !fresh {
		return
	}
	for t := range v.slopes {
		v.slopes[t] = d.slope(int32(t)) << 16
	}
	d.average(1 << 16)
}

// step is one step; it is false when every task has one option at the prices it
// went to, or no direction is left.
func (v *descent) step() bool {
	d := v.d
	if !v.move() {
		return false
	}
	level := d.evaluate()
	if !v.average() {
		if level < d.best {
			d.best = level
			copy(d.at, d.u)
		}
		return false
	}
	v.adapt(d.best - level)
	if level < d.best {
		d.best = level
		copy(d.at, d.u)
	}
	return true
}

// adapt makes steps longer after a good gain, and shorter after many without.
func (v *descent) adapt(gain int64) {
	if gain > 0 {
		v.stale, v.improved = 0, true
		if gain > v.aim {
			v.aim += v.aim / 4
		}
		return
	}
	v.stale++
	switch {
	case !v.improved && v.stale == 3:
		v.aim, v.stale = max(v.least, v.aim/2), 0
	case v.stale == 10:
		v.aim, v.stale = max(v.least, v.aim-v.aim/3), 0
	}
}

// move goes from the best prices against the averaged slopes.
func (v *descent) move() bool {
	d := v.d
	var norm int64
	for t, g := range v.slopes {
		if !d.b.decided[t] {
			norm += g >> 4 * (g >> 4)
		}
	}
	if norm == 0 || v.aim == 0 {
		return false
	}
	for t, g := range v.slopes {
		if d.b.decided[t] {
			continue
		}
		change := min(limit, mulDiv(v.aim, max(g, -g)<<8, norm))
		if g > 0 {
			change = -change
		}
		d.setPrice(int32(t), d.within(int32(t), d.at[t]+change))
	}
	return true
}

// average moves the averages toward the present slopes; it is false when these
// are all 0: what people take is a plan.
func (v *descent) average() bool {
	d, steep := v.d, false
	for t := range v.slopes {
		if d.b.decided[t] {
			continue
		}
		g := d.slope(int32(t))
		steep = steep || g != 0
		v.slopes[t] += (g<<16 - v.slopes[t]) * v.weight >> 16
	}
	d.average(v.weight)
	return steep
}
