using System.Diagnostics.CodeAnalysis;

namespace Halley.Data.Expressions;

/// <summary>result = source, with a value in place of missing ones; or refuses missing ones.</summary>
public sealed class MissingInstruction : ISlotInstruction
{
    readonly string field;
    readonly int source;
    readonly int result;
    readonly double replacement;
    readonly bool rejects;

    MissingInstruction(string field, int source, int result, double replacement, bool rejects) =>
        (this.field, this.source, this.result, this.replacement, this.rejects) = (field, source, result, replacement, rejects);

    /// <summary>Puts <paramref name="value"/> in place of missing values.</summary>
    public static MissingInstruction Replace(string field, int source, int result, double value) =>
        new(field, source, result, value, rejects: false);

    /// <summary>Copies, and refuses the block where a value is missing.</summary>
    public static MissingInstruction Reject(string field, int source, int result) =>
        new(field, source, result, double.NaN, rejects: true);

    /// <exception cref="HalleyException">HLY1207: a value is missing and the rule is to reject; the field and row are named.</exception>
    public void Run(SlotBlock block)
    {
        ReadOnlySpan<double> x = block[source];
        var y = block[result][..x.Length];
        for (var row = 0; row < x.Length; row++)
        {
            y[row] = double.IsNaN(x[row]) ? replacement : x[row];
            if (rejects && double.IsNaN(x[row]))
                ThrowRejected(block, row);
        }
    }

    [DoesNotReturn]
    void ThrowRejected(SlotBlock block, int row) =>
        throw new HalleyException(
            ExpressionCodes.Rejected,
            $"field '{field}', row {block.FirstRow + row + 1}: the value is missing, and its rule for missing values is to reject. "
                + "Fill it in, or declare another rule."
        );
}
