"""One analysis for everybody: folding, tokens with offsets, stems, names."""
