namespace Halley.Glm;

/// <summary>Sees a run of learn rows.</summary>
/// <param name="start">First row of the run; runs come in row order.</param>
/// <param name="slots">Values of a column, shape (n); the visitor may change them.</param>
/// <param name="sizes">Weighted exposure of each row, shape (n).</param>
delegate void SlotVisitor(int start, Span<double> slots, ReadOnlySpan<double> sizes);
