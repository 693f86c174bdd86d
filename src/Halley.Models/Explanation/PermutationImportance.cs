using Halley.Kernels;

namespace Halley.Models;

/// <summary>How much a model's deviance rises where an input's values are dealt out anew among the rows.</summary>
/// <remarks>Breiman (2001), Machine Learning 45(1), 5–32, section 10, for any model; derived features follow their inputs.</remarks>
/// <param name="Increase">Mean rise of the mean deviance over the deals.</param>
/// <param name="StandardError">Of that mean, from the spread between deals; 0 for a single deal.</param>
public sealed record PermutationImportance(string Feature, double Increase, double StandardError)
{
    /// <summary>Importance of every input, largest first, ties by name.</summary>
    /// <param name="table">Data with the model's inputs and target; every row counts.</param>
    /// <param name="deals">How often each input is dealt out.</param>
    /// <exception cref="HalleyException">As <see cref="Evaluation.Of"/>.</exception>
    public static IReadOnlyList<PermutationImportance> Of(
        FittedModel model,
        Table table,
        int deals = 5,
        ulong seed = 1,
        IProgress<FitProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(deals, 1);
        var held = HeldOut.Of(model, table, new() { Part = null });
        var names = model.ScoreInputs.Fields.Select(field => field.Name).Where(held.Source.Has).ToList();
        var (usual, result) = (DevianceOf(model, held, cancellation), new List<PermutationImportance>());
        foreach (var name in names)
        {
            var rises = new double[deals];
            for (var deal = 0; deal < deals; deal++)
            {
                int[] order = [.. Enumerable.Range(0, held.Source.RowCount)];
                CounterRandom.Generator(seed, (ulong)deal).Shuffle(order.AsSpan());
                var dealt = held with { Source = held.Source.With(held.Source[name].Take(order)) };
                rises[deal] = DevianceOf(model, dealt, cancellation) - usual;
            }
            var (mean, error) = (rises.Average(), 0.0);
            if (deals > 1)
                error = Math.Sqrt(rises.Sum(rise => (rise - mean) * (rise - mean)) / (deals - 1) / deals);
            result.Add(new(name, mean, error));
            progress?.Report(new("dealing out", (double)result.Count / names.Count, name));
        }
        return [.. result.OrderByDescending(own => own.Increase).ThenBy(own => own.Feature, StringComparer.Ordinal)];
    }

    static double DevianceOf(FittedModel model, HeldOut held, CancellationToken cancellation)
    {
        if (model.Outputs is ClassOutputs)
            return ClassMetrics.Of(model, held, 0, cancellation).Values().First(metric => metric.Name == "deviance").Value;
        var rows = ScoredRows.Of(model, held, 0, cancellation);
        return model.Family.Deviance(rows.Y, rows.Mu, rows.Weight) / Reduce.Sum(rows.Weight);
    }
}
