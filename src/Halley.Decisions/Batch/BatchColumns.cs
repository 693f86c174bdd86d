using System.Collections.Concurrent;
using Halley.Data.Expressions;

namespace Halley.Decisions;

/// <summary>Collects the answers of a batch, row by row from any thread, and makes columns of them.</summary>
sealed class BatchColumns
{
    readonly DecisionPlan plan;
    readonly BatchOptions options;
    readonly LevelColumn actions;
    readonly LevelColumn?[] levelOutputs;
    readonly double[][] outputs;
    readonly double[][] steps;
    readonly double[] drawn;
    readonly double[] probabilities;
    readonly string?[] reasons;
    readonly string?[] problems;
    readonly int[] sources;
    readonly ConcurrentDictionary<DecisionFailure, int> failures = new();

    public BatchColumns(DecisionPlan plan, BatchOptions options, int rowCount)
    {
        (this.plan, this.options) = (plan, options);
        actions = new(plan.Definition.Actions, rowCount);
        levelOutputs =
        [
            .. plan.Outputs.Select(output =>
                output.Value.Type.Levels is { } levels ? new LevelColumn(levels.Levels, rowCount) : null
            ),
        ];
        outputs = [.. plan.Outputs.Select(output => output.Value.Type.Levels is null ? Missing(rowCount) : [])];
        steps = options.Steps ? [.. plan.Steps.Select(_ => Missing(rowCount))] : [];
        (drawn, probabilities) = plan.Check is null ? ([], []) : (Missing(rowCount), Missing(rowCount));
        reasons = options.Reasons ? new string?[rowCount] : [];
        problems = new string?[rowCount];
        sources = new int[rowCount];
    }

    static double[] Missing(int rowCount)
    {
        var values = new double[rowCount];
        Array.Fill(values, double.NaN);
        return values;
    }

    /// <summary>Takes a row that the release itself answered.</summary>
    public void Take(int row, PlanRow answer)
    {
        actions.Set(row, answer.Action);
        for (var i = 0; i < plan.Outputs.Length; i++)
            TakeOutput(row, i, plan.Outputs[i], answer);
        for (var i = 0; i < steps.Length; i++)
            steps[i][row] = answer.At(plan.Steps[i].Slot);
        if (plan.Check is { } check)
            (drawn[row], probabilities[row]) = (answer.At(check.Drawn), answer.At(check.Probability));
        if (options.Reasons)
            reasons[row] = Joined(answer.Reasons());
    }

    /// <summary>Takes an answer by fallback: another plan's, or a person's.</summary>
    public void Take(int row, DecisionAnswer answer)
    {
        sources[row] = (int)answer.Source;
        actions.Set(row, answer.Action);
        foreach (var failure in answer.Failures)
            failures.AddOrUpdate(failure, 1, (_, count) => count + 1);
        if (options.Reasons)
            reasons[row] = Joined(answer.Reasons);
        if (answer.Source == AnswerSource.Refer)
            return;
        for (var i = 0; i < plan.Outputs.Length; i++)
        {
            if (
                answer.Plan.Outputs.FirstOrDefault(output => output.Definition.Name == plan.Outputs[i].Definition.Name) is
                { } same
            )
                TakeOutput(row, i, same, answer.Row);
        }
        if (plan.Check is not null && answer.Check is var (isDrawn, probability))
            (drawn[row], probabilities[row]) = (isDrawn ? 1 : 0, probability);
    }

    /// <summary>Takes a record that is not as the schema wants it.</summary>
    public void Refuse(int row, IReadOnlyList<FieldProblem> found)
    {
        actions.Set(row, -1);
        foreach (var levels in levelOutputs)
            levels?.Set(row, -1);
        problems[row] = string.Join(" ", found);
    }

    void TakeOutput(int row, int position, CompiledOutput output, PlanRow answer)
    {
        var value = answer.Has(output) ? answer.At(output.Value) : double.NaN;
        if (levelOutputs[position] is { } levels)
        {
            if (double.IsNaN(value) || output.Value.Type.Levels is null)
                levels.Set(row, -1);
            else if (ReferenceEquals(output, plan.Outputs[position]))
                levels.Set(row, (int)value);
            else
                levels.Set(row, output.Value.Type.Levels[(int)value]);
            return;
        }
        outputs[position][row] = output.Definition.Money is { } money ? (double?)money.Round(value) ?? double.NaN : value;
    }

    static string? Joined(IReadOnlyList<ToldReason> told) =>
        told.Count switch
        {
            0 => null,
            1 => told[0].Sentence,
            _ => string.Join("; ", told.Select(reason => reason.Sentence)),
        };

    /// <param name="id">The record's ids, or null.</param>
    public BatchResult Finish(Column? id)
    {
        var columns = new List<Column>();
        if (id is not null)
            columns.Add(id);
        columns.Add(actions.ToColumn("action"));
        for (var i = 0; i < plan.Outputs.Length; i++)
        {
            var output = plan.Outputs[i];
            columns.Add(
                levelOutputs[i]?.ToColumn(output.Definition.Name)
                    ?? SlotColumns.ToColumn(output.Definition.Name, output.Value.Type, outputs[i])
            );
        }
        if (plan.Check is not null)
        {
            columns.Add(SlotColumns.ToColumn("check_drawn", SlotType.Boolean, drawn));
            columns.Add(new NumericColumn("check_probability", probabilities));
        }
        if (options.Reasons)
            columns.Add(new TextColumn("reasons", reasons));
        var answeredBy = new LevelList(Enum.GetValues<AnswerSource>().Select(AnswerJson.NameOf));
        columns.Add(
            new CategoricalColumn(
                "answered_by",
                [.. sources.Select((source, row) => problems[row] is null ? source : -1)],
                answeredBy
            )
        );
        columns.Add(new TextColumn("problems", problems));
        for (var i = 0; i < steps.Length; i++)
            columns.Add(SlotColumns.ToColumn($"steps.{plan.Steps[i].Name}", plan.Steps[i].Slot.Type, steps[i]));
        var counted = failures
            .OrderByDescending(entry => entry.Value)
            .ThenBy(entry => entry.Key.ToString(), StringComparer.Ordinal);
        return new(
            new(columns),
            problems.Count(problem => problem is not null),
            sources.Count(source => source != 0),
            [.. counted.Select(entry => (entry.Key, entry.Value))]
        );
    }
}
