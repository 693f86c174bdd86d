namespace Halley.Glm;

/// <summary>The way back from columns that were centred and scaled each by itself to the declared ones.</summary>
/// <param name="Block">The block: where columns were centred, the one that begins with the constant.</param>
/// <param name="Centres">What was taken from each column, shape (width).</param>
/// <param name="Scales">By what each column was then divided, shape (width).</param>
sealed record ColumnScaling(DesignBlock Block, double[] Centres, double[] Scales)
{
    /// <summary>In place; shape (all full columns).</summary>
    internal void ToDeclared(Span<double> coefficients)
    {
        for (var cell = 0; cell < Block.CellCount; cell++)
        {
            var own = coefficients.Slice(Block.Start + cell * Block.Width, Block.Width);
            for (var j = 0; j < own.Length; j++)
            {
                own[j] /= Scales[j];
                coefficients[0] -= Centres[j] * own[j];
            }
        }
    }
}
