using Halley.Models;

namespace Halley.Decisions;

/// <summary>Finds the threshold of a lane from usual records, so that a week's records stay within what the people finish.</summary>
/// <remarks>
/// The threshold is pinned in the decision and renewed by a release: no counter runs beside live decisions, so that an answer does not
/// depend on who else came that week, and replay gives the same.
/// </remarks>
public static class LanePlanner
{
    /// <summary>The threshold that keeps a week's records within capacity often enough.</summary>
    /// <param name="definition">Thresholds of its other lanes stay.</param>
    /// <param name="models">The model that a reference means, or null where there is none.</param>
    /// <param name="usual">Records as they usually come, with the decision's inputs.</param>
    /// <exception cref="HalleyException">HLY4006: no such lane, or a number out of range; HLY4007: too few records, or rules alone exceed the capacity; or as the plan says.</exception>
    public static LaneThreshold Find(
        DecisionDefinition definition,
        Func<string, FittedModel?> models,
        Table usual,
        StaffedLane question,
        BatchOptions? options = null,
        CancellationToken cancellation = default
    ) => Find(definition, changed => DecisionPlan.Compile(changed, models), usual, question, options, cancellation);

    internal static LaneThreshold Find(
        DecisionDefinition definition,
        Func<DecisionDefinition, DecisionPlan> compile,
        Table usual,
        StaffedLane question,
        BatchOptions? options = null,
        CancellationToken cancellation = default
    )
    {
        // 1. Who goes the lane's way when it is shut: by rules and random checks. And when it is open, worth it or not.
        question.Check();
        var lane = LaneOf(definition, question.Lane);
        var asked = (options ?? new()) with { Steps = true, Reasons = false };
        var (shut, _) = Decided(double.MaxValue, new(0, 0.5));
        var (open, net) = Decided(0, new(0.5, 0.5));
        var (fixedCount, worth) = (0, new List<double>());
        for (var row = 0; row < open.Length; row++)
        {
            if (shut[row])
                fixedCount++;
            else if (open[row])
                worth.Add(net[row]);
        }
        if (open.Length < LeastRecords)
            throw Impossible($"{open.Length} records were decided; a threshold needs {LeastRecords} usual ones at least.");
        // 2. How many of the usual records a week's capacity stands for.
        var week = new WeeklyCount(question.PerWeek, question.Size, open.Length);
        var most = week.Most(question.Capacity, question.Within);
        if (most < fixedCount)
            throw Impossible(
                FormattableString.Invariant(
                    $"rules and random checks alone send {question.PerWeek * fixedCount / open.Length:F1} records a week to '{lane.Action}', and the people finish {question.Capacity}; more than that in over {1 - question.Within:P0} of weeks. Give more staff or hours, or narrow the rules or the share of random checks."
                )
            );
        // 3. The records that save most fill it.
        var (threshold, taken) = Cut([.. worth.OrderDescending()], most - fixedCount);
        return new(
            lane.Name,
            threshold,
            open.Length,
            fixedCount + taken,
            fixedCount,
            fixedCount + worth.Count,
            question.PerWeek * (fixedCount + taken) / open.Length,
            question.Capacity,
            week.Within(fixedCount + taken, question.Capacity)
        );

        // Whether each record that is not refused has the lane's action, and its net saving there.
        (bool[] HasAction, double[] Net) Decided(double threshold, (double Start, double Share) part)
        {
            var engine = new DecisionEngine(compile(With(definition, lane, threshold)));
            var told = asked with { Progress = asked.Progress.Part(part.Start, part.Start + part.Share) };
            var answers = engine.Decide(usual, told, cancellation).Answers;
            var (actions, nets) = (answers["action"], answers.Numeric($"steps.{lane.Name}.net"));
            int[] rows = [.. Enumerable.Range(0, answers.RowCount).Where(row => actions.TextAt(row) is not null)];
            return (
                Array.ConvertAll(rows, row => actions.TextAt(row) == lane.Action),
                Array.ConvertAll(rows, row => nets.Values[row])
            );
        }
    }

    const int LeastRecords = 100;

    /// <summary>Between the last that is taken and the first that is not; records that save the same go together.</summary>
    static (double Threshold, int Taken) Cut(double[] falling, int room)
    {
        if (room >= falling.Length)
            return (0, falling.Length);
        while (room > 0 && falling[room - 1] == falling[room])
            room--;
        return room == 0
            ? (Math.BitIncrement(falling[0]), 0)
            : (
                falling[room] + (falling[room - 1] - falling[room]) / 2 is var middle && middle > falling[room]
                    ? middle
                    : falling[room - 1],
                room
            );
    }

    static TriageLane LaneOf(DecisionDefinition definition, string name)
    {
        var lanes = definition.Triage?.Lanes ?? [];
        return lanes.FirstOrDefault(lane => lane.Name == name)
            ?? throw new HalleyException(
                DecisionCodes.Staffing,
                lanes.Count == 0
                    ? $"decision '{definition.Name}' has no triage. Add one with lanes, or leave capacity to the action's rules."
                    : $"decision '{definition.Name}' has no lane '{name}'. It has {string.Join(", ", lanes.Select(lane => lane.Name))}."
            );
    }

    static DecisionDefinition With(DecisionDefinition definition, TriageLane lane, double threshold) =>
        definition with
        {
            Triage = definition.Triage! with
            {
                Lanes =
                [
                    .. definition.Triage.Lanes.Select(other =>
                        other.Name == lane.Name ? other with { Threshold = threshold } : other
                    ),
                ],
            },
        };

    static HalleyException Impossible(string what) => new(DecisionCodes.Capacity, what);
}
