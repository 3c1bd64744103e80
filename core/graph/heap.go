package graph

// A heap gives back the lowest number first.
type heap []int

func (h *heap) push(v int) {
	*h = append(*h, v)
	a := *h
	for i := len(a) - 1; i > 0; {
		up := (i - 1) / 2
		if a[up] <= a[i] {
			return
		}
		a[up], a[i] = a[i], a[up]
		i = up
	}
}

func (h *heap) pop() int {
	a := *h
	top := a[0]
	last := len(a) - 1
	a[0] = a[last]
	*h = a[:last]
	h.sink()
	return top
}

func (h *heap) sink() {
	a := *h
	for i := 0; ; {
		low := 2*i + 1
		if low >= len(a) {
			return
		}
		if low+1 < len(a) && a[low+1] < a[low] {
			low++
		}
		if a[i] <= a[low] {
			return
		}
		a[i], a[low] = a[low], a[i]
		i = low
	}
}
