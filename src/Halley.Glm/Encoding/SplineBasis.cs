namespace Halley.Glm;

/// <summary>Columns that are linear combinations of B-splines.</summary>
/// <remarks>Source: de Boor (2001), A Practical Guide to Splines, ch. IX–X.</remarks>
sealed class SplineBasis : NumberBasis
{
    readonly SplineShape shape;
    readonly double[] atLow;
    readonly double[] atHigh;
    readonly double[] slopeAtLow;
    readonly double[] slopeAtHigh;

    internal SplineBasis(int input, SplineShape shape, double whenMissing)
        : base(input, shape.Width, whenMissing)
    {
        this.shape = shape;
        (atLow, slopeAtLow) = (shape.Values(shape.Low, 0), shape.Values(shape.Low, 1));
        (atHigh, slopeAtHigh) = (shape.Values(shape.High, 0), shape.Values(shape.High, 1));
    }

    internal SplineShape Shape => shape;

    internal override string ColumnName(int column, string termName, string inputName) => $"{termName}{column + 1}";

    /// <summary>Values of the columns at one x, shape (width).</summary>
    internal double[] At(double x)
    {
        var columns = new double[Width];
        columns[0] = x;
        Transform(columns, 1);
        return columns;
    }

    private protected override void Transform(Span<double> columns, int n)
    {
        Span<double> pieces = stackalloc double[shape.Degree + 1];
        for (var i = 0; i < n; i++)
        {
            var x = columns[i];
            if (!(x >= shape.Low && x <= shape.High))
            {
                Outside(x, columns, i, n);
                continue;
            }
            var first = shape.Pieces(x, pieces);
            for (var j = 0; j < Width; j++)
            {
                var sum = 0.0;
                for (var piece = 0; piece < pieces.Length; piece++)
                    sum += pieces[piece] * shape.Map[(first + piece) * Width + j];
                columns[j * n + i] = sum;
            }
        }
    }

    /// <summary>Straight on, or as at the end; NaN stays NaN.</summary>
    void Outside(double x, Span<double> columns, int i, int n)
    {
        var (from, values, slopes) = x < shape.Low ? (shape.Low, atLow, slopeAtLow) : (shape.High, atHigh, slopeAtHigh);
        var distance =
            double.IsNaN(x) ? double.NaN
            : shape.IsLinearOutside ? x - from
            : 0;
        for (var j = 0; j < Width; j++)
            columns[j * n + i] = values[j] + slopes[j] * distance;
    }
}
