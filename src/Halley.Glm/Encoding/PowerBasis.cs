namespace Halley.Glm;

/// <summary>x, x², …, x^d.</summary>
sealed class PowerBasis(int input, int degree, double whenMissing) : NumberBasis(input, degree, whenMissing)
{
    internal override string ColumnName(int column, string termName, string inputName) =>
        column == 0 ? inputName : $"{inputName}^{column + 1}";

    private protected override void Transform(Span<double> columns, int n)
    {
        var x = columns[..n];
        for (var power = 1; power < Width; power++)
        {
            var lower = columns.Slice((power - 1) * n, n);
            var next = columns.Slice(power * n, n);
            Kernels.Reduce.Multiply(lower, x, next);
        }
    }

    private protected override void TransformOne(Span<double> columns)
    {
        for (var power = 1; power < columns.Length; power++)
            columns[power] = columns[power - 1] * columns[0];
    }
}
