namespace Halley.Glm;

/// <summary>Finds the internal basis of columns that share their rows, and brings these to it in place.</summary>
/// <param name="term">Position of the term whose columns they are; −1 for the constant and all terms without levels.</param>
/// <param name="columns">Shape (k)(n).</param>
/// <param name="excluded">Columns to leave out.</param>
delegate ColumnBasis BasisOf(int term, double[][] columns, IReadOnlySet<int> excluded);
