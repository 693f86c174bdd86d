using Halley.Boosting;
using Halley.Data.Expressions;

namespace Halley.Models;

/// <summary>The leaves that rows fall into.</summary>
public static class ModelLeaves
{
    /// <summary>A column for each tree: the leaf of each row, as the library that fitted the trees names it.</summary>
    /// <returns>Shape (n, trees).</returns>
    /// <exception cref="HalleyException">HLY3305: the model has no trees; else as <see cref="FittedModel.Predict"/>.</exception>
    public static int[] Of(FittedModel model, Table table, CancellationToken cancellation = default)
    {
        if (model.Scorer is not TreeEnsemble trees)
            throw new HalleyException("HLY3305", $"model '{model.Name}' has no trees, so no leaves. Leave --leaves out.");
        var leaves = new int[table.RowCount * trees.TreeCount];
        var builder = new PlanBuilder();
        var scope = new Dictionary<string, SlotRef>(StringComparer.Ordinal);
        var inputs = TableInputs.Bind(
            builder,
            table,
            model.ScoreInputs.Fields.Select(field => field.Name).Where(table.Has),
            scope
        );
        var slots = model.EmitScorerInputs(builder, scope);
        inputs.Run(builder.Build(), table.RowCount, Take, 1, cancellation);
        return leaves;

        void Take(SlotBlock block) => trees.Leaves(block, slots).CopyTo(leaves, block.FirstRow * trees.TreeCount);
    }
}
