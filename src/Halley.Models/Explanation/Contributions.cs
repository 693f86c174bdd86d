using Halley.Data.Expressions;

namespace Halley.Models;

/// <summary>What each input of a record does to its score, against the input's typical value.</summary>
/// <remarks>
/// An input's contribution is the score of the record less the score of the same record with that input at its typical value (median, or
/// commonest level). Derived features follow their inputs. Under a model without interactions the contributions add up to the score less
/// the typical record's; under others they need not.
/// </remarks>
public static class Contributions
{
    /// <summary>Contributions of every input, on the link scale, for each row.</summary>
    /// <param name="threads">0 for all processors.</param>
    /// <returns>A column <c>score</c> and one for each of the model's score inputs, by its name, shape (n).</returns>
    /// <exception cref="HalleyException">As <see cref="FittedModel.Predict"/>.</exception>
    public static Table Of(FittedModel model, Table table, int threads = 0, CancellationToken cancellation = default)
    {
        NumberModels.Require(model, "a difference to the typical record");
        var names = model.ScoreInputs.Fields.Select(field => field.Name).ToList();
        var builder = new PlanBuilder();
        var scope = new Dictionary<string, SlotRef>(StringComparer.Ordinal);
        var inputs = TableInputs.Bind(builder, table, names.Where(table.Has), scope);
        var score = model.Emit(builder, scope).Raw.Index;
        var typical = names.ConvertAll(name => EmitTypical(model, builder, scope, name));
        var values = names.ConvertAll(_ => new double[table.RowCount]);
        var scores = new double[table.RowCount];
        inputs.Run(builder.Build(), table.RowCount, Take, threads, cancellation);
        return new([new NumericColumn("score", scores), .. names.Select((name, i) => new NumericColumn(name, values[i]))]);

        void Take(SlotBlock block)
        {
            ReadOnlySpan<double> raw = block[score];
            raw.CopyTo(scores.AsSpan(block.FirstRow));
            for (var i = 0; i < names.Count; i++)
            {
                ReadOnlySpan<double> without = block[typical[i]];
                for (var row = 0; row < raw.Length; row++)
                    values[i][block.FirstRow + row] = raw[row] - without[row];
            }
        }
    }

    /// <summary>The slot of the score with one input at its typical value.</summary>
    static int EmitTypical(FittedModel model, PlanBuilder builder, Dictionary<string, SlotRef> scope, string name)
    {
        var type = SlotType.Of(model.ScoreInputs.Find(name)!);
        var value = model.ProfileOf(name)!.Typical ?? double.NaN;
        var changed = new Dictionary<string, SlotRef>(scope, StringComparer.Ordinal) { [name] = builder.Constant(type, value) };
        return model.Emit(builder, changed).Raw.Index;
    }
}
