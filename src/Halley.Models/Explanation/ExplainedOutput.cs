using Halley.Boosting;
using Halley.Statistics;

namespace Halley.Models;

/// <summary>One score of a model with what explains it.</summary>
/// <param name="Index">Among the trees' outputs.</param>
/// <param name="Name">Null where it is the only one.</param>
/// <param name="Scores">Of every row, the score of the model below in it, shape (n).</param>
/// <param name="TakesOffset">Whether offset, model below and exposure are a part of it.</param>
/// <param name="Multiplies">Whether e to a contribution multiplies something: a prediction, odds, or a class's part of the whole.</param>
sealed record ExplainedOutput(int Index, string? Name, double[] Scores, bool TakesOffset, bool Multiplies)
{
    /// <summary>Indexes and names; the only one of most models has none.</summary>
    public static IReadOnlyList<(int Index, string? Name)> NamesOf(FittedModel model, TreeEnsemble trees) =>
        model.Outputs switch
        {
            ClassOutputs classes => [.. classes.ScoreNames.Select((name, index) => (index, (string?)name))],
            SpreadOutputs spread => [(0, "mean"), (1, spread.ScoreNames[0])],
            _ => [(trees.ChosenOutput, null)],
        };

    public static IReadOnlyList<ExplainedOutput> Of(
        FittedModel model,
        TreeEnsemble trees,
        Table table,
        CancellationToken cancellation
    )
    {
        var names = NamesOf(model, trees);
        var multiplies = model.Link.Function is LinkFunction.Log or LinkFunction.Logit;
        if (model.Outputs is ClassOutputs)
        {
            var scores = model.ScoresOf(table, sourceRows: null, 1, cancellation);
            return [.. names.Select(named => new ExplainedOutput(named.Index, named.Name, scores[named.Index], false, true))];
        }
        var raw = model.Predict(table, PredictMode.Raw, 1, cancellation: cancellation).Values.ToArray();
        var own = new ExplainedOutput(names[0].Index, names[0].Name, raw, true, multiplies);
        return model.Outputs is null
            ? [own]
            : [own, new(names[1].Index, names[1].Name, model.ScoresOf(table, sourceRows: null, 1, cancellation)[0], false, true)];
    }
}
