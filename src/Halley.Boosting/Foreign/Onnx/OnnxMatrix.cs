namespace Halley.Boosting;

/// <summary>A matrix with a row for each row of data.</summary>
/// <param name="Blocks">Columns that were encoded into several each and are not yet laid flat; 1 otherwise.</param>
sealed record OnnxMatrix(OnnxScalar[] Columns, OnnxType Type, int Blocks = 1) : OnnxValue
{
    internal bool IsSingle => Type == OnnxType.Float;
}
