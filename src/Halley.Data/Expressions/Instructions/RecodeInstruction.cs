using System.Diagnostics.CodeAnalysis;

namespace Halley.Data.Expressions;

/// <summary>result = a category's code in another list of levels, with declared rules for missing values and for levels that it lacks.</summary>
public sealed class RecodeInstruction : ISlotInstruction
{
    const double Rejected = double.NegativeInfinity;

    readonly string field;
    readonly LevelList from;
    readonly int source;
    readonly int result;

    /// <summary>Shape (levels of the source + 1): the code to write, or <see cref="Rejected"/>; the last entry is for missing.</summary>
    readonly double[] map;

    /// <param name="field">Name of the field, for messages.</param>
    /// <param name="from">Levels of the source slot.</param>
    /// <param name="to">Levels of the result slot.</param>
    /// <exception cref="HalleyException">HLY1204: a rule replaces by a level that <paramref name="to"/> does not hold.</exception>
    public RecodeInstruction(
        string field,
        int source,
        LevelList from,
        int result,
        LevelList to,
        ValueRule whenMissing,
        ValueRule whenUnseen
    )
    {
        (this.field, this.source, this.from, this.result) = (field, source, from, result);
        var unseen = CodeOf(whenUnseen, to, "unseen");
        map = [.. from.MapTo(to).Select(code => code >= 0 ? code : unseen), CodeOf(whenMissing, to, "missing")];
    }

    /// <exception cref="HalleyException">HLY1207: a row holds what a rule rejects; the field, row and value are named.</exception>
    public void Run(SlotBlock block)
    {
        ReadOnlySpan<double> x = block[source];
        var y = block[result][..x.Length];
        for (var row = 0; row < x.Length; row++)
        {
            var code = double.IsNaN(x[row]) ? from.Count : (int)x[row];
            y[row] = map[code];
            if (y[row] == Rejected)
                ThrowRejected(block, row, code);
        }
    }

    double CodeOf(ValueRule rule, LevelList to, string what)
    {
        if (rule.Action != ValueAction.Replace)
            return rule.Action == ValueAction.Reject ? Rejected : double.NaN;
        var code = to.CodeOf(rule.Value ?? "");
        if (code < 0)
            throw new HalleyException(
                ExpressionCodes.NotALevel,
                $"field '{field}': its rule for {what} values puts in '{rule.Value}', which is not one of its levels.{NearestText.Sentence(rule.Value ?? "", to.Levels)}"
            );
        return code;
    }

    [DoesNotReturn]
    void ThrowRejected(SlotBlock block, int row, int code)
    {
        var problem =
            code == from.Count
                ? "the value is missing, and its rule for missing values is to reject. Fill it in, or declare another rule"
                : $"the level '{from[code]}' was not known when the model was fitted, and the rule for unseen levels is to reject. "
                    + "Correct it, or declare another rule";
        throw new HalleyException(ExpressionCodes.Rejected, $"field '{field}', row {block.FirstRow + row + 1}: {problem}.");
    }
}
