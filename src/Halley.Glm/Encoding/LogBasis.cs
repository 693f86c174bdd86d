using Halley.Kernels;

namespace Halley.Glm;

/// <summary>ln x.</summary>
sealed class LogBasis(int input, double whenMissing) : NumberBasis(input, 1, whenMissing)
{
    internal override string ColumnName(int column, string termName, string inputName) => termName;

    private protected override void Transform(Span<double> columns, int n) => VectorMath.Log(columns, columns);

    private protected override void TransformOne(Span<double> columns) => columns[0] = VectorMath.Log(columns[0]);
}
