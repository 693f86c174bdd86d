namespace Halley.Glm;

/// <summary>x itself.</summary>
sealed class IdentityBasis(int input, double whenMissing) : NumberBasis(input, 1, whenMissing)
{
    internal override string ColumnName(int column, string termName, string inputName) => termName;

    private protected override void Transform(Span<double> columns, int n) { }
}
