using Halley.Data.Expressions;
using Halley.Kernels;

namespace Halley.Models;

/// <summary>Makes up the check rows of a model.</summary>
/// <remarks>
/// Values are drawn input by input from the profiles, so the rows cover the range that the model saw, yet no row of the data, which may
/// be a person's, stands in a file that is kept for ever.
/// </remarks>
static class CheckRowMaker
{
    const int Rows = 32;
    const int TableRows = 256;
    const int Attempts = 640;
    const ulong Seed = 0x68616c6c6579;

    /// <summary>Up to 32 rows that the model's rules let through; the first is the typical one where it does.</summary>
    public static CheckRows Make(FittedModel model)
    {
        var profiles = model.Header.Profiles;
        var plan = ModelPlan.Of(model, model.ScoreInputs.Fields.Select(field => (field.Name, SlotType.Of(field))));
        var block = new SlotBlock(plan.Plan.SlotCount, capacity: 1);
        var rows = new List<double[]>();
        for (var attempt = 0; attempt < Attempts && rows.Count < Rows; attempt++)
        {
            var row = new double[profiles.Count + 2 + plan.Slots.Outputs.Count];
            for (var input = 0; input < profiles.Count; input++)
                block[plan.InputSlots[input]][0] = row[input] =
                    attempt == 0 ? Typical(profiles[input]) : Draw(profiles[input], input, attempt);
            if (!TryRun(plan.Plan, block))
                continue;
            TakeAnswers(plan.Slots, block, row.AsSpan(profiles.Count));
            rows.Add(row);
        }
        if (rows.Count == 0)
            throw new HalleyException(
                "HLY3406",
                $"model '{model.Name}' refuses every row made up of its inputs' usual values, so its artefact could not check itself. "
                    + "Loosen the rules for missing values."
            );
        return new(rows.Count, profiles.Count, ByColumn(rows, rows[0].Length));
    }

    /// <summary>Up to 256 rows of a table, which the caller chose for that, with what the model gives for them.</summary>
    public static CheckRows Of(FittedModel model, Table table)
    {
        var fields = model.ScoreInputs.Fields;
        var columns = fields.Select(field => ImportedInputs.WithLevels(table[field.Name], field)).ToList();
        var plan = ModelPlan.Of(model, fields.Select(field => (field.Name, SlotType.Of(field))));
        var block = new SlotBlock(plan.Plan.SlotCount, capacity: 1);
        var rows = new List<double[]>();
        for (var source = 0; source < table.RowCount && rows.Count < TableRows; source++)
        {
            var row = new double[fields.Count + 2 + plan.Slots.Outputs.Count];
            for (var input = 0; input < fields.Count; input++)
            {
                columns[input].CopySlots(source, row.AsSpan(input, 1));
                block[plan.InputSlots[input]][0] = row[input];
            }
            if (!TryRun(plan.Plan, block))
                continue;
            TakeAnswers(plan.Slots, block, row.AsSpan(fields.Count));
            rows.Add(row);
        }
        return rows.Count == 0 ? Make(model) : new(rows.Count, fields.Count, ByColumn(rows, rows[0].Length));
    }

    /// <summary>Score, prediction, and further outputs.</summary>
    static void TakeAnswers(ModelSlots slots, SlotBlock block, Span<double> answers)
    {
        answers[0] = block[slots.Raw.Index][0];
        answers[1] = block[slots.Prediction.Index][0];
        for (var output = 0; output < slots.Outputs.Count; output++)
            answers[2 + output] = block[slots.Outputs[output].Index][0];
    }

    static bool TryRun(SlotPlan plan, SlotBlock block)
    {
        try
        {
            plan.Run(block);
            return true;
        }
        catch (HalleyException)
        {
            // A rule refuses this combination, as it would refuse a caller's.
            return false;
        }
    }

    static double Typical(FeatureProfile profile) => profile.Typical ?? double.NaN;

    static double Draw(FeatureProfile profile, int input, int attempt)
    {
        var index = (ulong)(attempt * 2);
        if (CounterRandom.Uniform(Seed, (ulong)input, index) < profile.MissingShare || profile.Typical is null)
            return double.NaN;
        var u = CounterRandom.Uniform(Seed, (ulong)input, index + 1);
        if (profile.Percentiles is { } percentiles)
            return percentiles[(int)(u * percentiles.Count)];
        // Levels alike, not by share: a rare level has a coefficient too.
        var levels = Enumerable.Range(0, profile.LevelShares!.Count).Where(level => profile.LevelShares[level] > 0).ToArray();
        return levels[(int)(u * levels.Length)];
    }

    static double[] ByColumn(List<double[]> rows, int columns)
    {
        var values = new double[rows.Count * columns];
        for (var column = 0; column < columns; column++)
        {
            for (var row = 0; row < rows.Count; row++)
                values[column * rows.Count + row] = rows[row][column];
        }
        return values;
    }
}
