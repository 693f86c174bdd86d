using Halley.Data;

namespace Halley.Boosting;

/// <summary>What targets that are numbers of classes must be; their loss is that of all scores together.</summary>
sealed class ClassCodes(int classes) : NumberedLoss(new(RowVectors.None, 0))
{
    internal override string Name => "Multiclass";

    internal override string Domain => $"of whole numbers from 0 to {classes - 1}";

    internal override int IndexOutsideDomain(ReadOnlySpan<double> target)
    {
        for (var row = 0; row < target.Length; row++)
        {
            if (!(target[row] >= 0 && target[row] < classes && target[row] == Math.Floor(target[row])))
                return row;
        }
        return -1;
    }

    /// <summary>Starts are those of the classes.</summary>
    internal override double Start(RowVectors vectors, Balance balance) => 0;

    protected override (double Loss, double Gradient, double Hessian) At(int row, double eta) =>
        throw new InvalidOperationException("a class has no loss without the others' scores.");
}
