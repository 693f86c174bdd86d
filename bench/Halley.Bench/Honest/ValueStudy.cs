using Halley.Registry;

namespace Halley.Bench;

/// <summary>Plays a world of quotes many times through the product's value ledger, experiments and verdicts, and counts how often they are right.</summary>
sealed class ValueStudy(ValueScenario scenario, int number)
{
    const int BeforeAfterRuns = 400;

    readonly QuoteWorld world = new(scenario);
    readonly Lock gate = new();

    public ValueFindings Run(int runs)
    {
        var truth = new QuoteTruth(world);
        var definition = Definition();
        definition.Validate();
        var arms = Arms();
        var all = new ValueFindings(scenario, truth.PerUnit[^1], truth.PerRequest[^1]);
        Parallel.For(
            0,
            runs,
            () => new ValueFindings(scenario, 0, 0),
            (run, _, found) =>
            {
                Play(run, arms, definition, truth, found);
                if (run < BeforeAfterRuns && scenario.RenewalWeeks == 0)
                    PlayBeforeAfter(run, definition, truth, found);
                return found;
            },
            found =>
            {
                lock (gate)
                    all.Add(found);
            }
        );
        return all;
    }

    void Play(
        int run,
        (IReadOnlyList<(double, ArmAssigner)> Live, IReadOnlyDictionary<long, (double, double)> Shares) arms,
        ValueDefinition definition,
        QuoteTruth truth,
        ValueFindings found
    )
    {
        var played = QuoteRun.Play(world, (ulong)number, run, arms.Live);
        found.Runs++;

        // 1. The ledger, one look at the end.
        var end = QuoteRun.Start.AddDays(QuoteWorld.Days + scenario.MaturityDays + 1);
        var asOf = DateOnly.FromDateTime(end.UtcDateTime);
        var ledger = ValueData.Of(definition, played.Decisions, played.Outcomes, asOf);
        var arm = RandomisedArms.Find(ledger.Decisions, definition).Single().Difference;
        found.Arms.Look(arm, truth.PerUnit[^1]);
        var pairs = new ShadowPairs(ledger, definition.ExpectedOutput!);
        foreach (var shadow in played.Shadows)
            pairs.Add(shadow);
        found.Pairs.Look(pairs.Comparisons().Single().Difference, truth.PerRequest[^1]);

        // 2. The experiments, looked at after every week.
        var onArms = new ExperimentTally(Rules(definition, ValueGrade.RandomisedArm, truth), arms.Shares);
        var onPairs = new ExperimentTally(Rules(definition, ValueGrade.ShadowPair, truth), arms.Shares);
        var matured =
            definition.Maturity > TimeSpan.Zero
                ? ValueData.Of(definition, played.Decisions, played.Outcomes, asOf, atMaturity: true)
                : ledger;
        var (armPath, pairPath, nextPair) = (new LookPath(onArms), new LookPath(onPairs), 0);
        var week = 0;
        foreach (var decision in matured.Decisions)
        {
            for (; (decision.Time - QuoteRun.Start).TotalDays >= 7 * (week + 1); week++)
            {
                armPath.Look(truth.PerUnit[week], ValueScenario.Matters);
                pairPath.Look(truth.PerRequest[week], ValueScenario.Matters);
            }
            onArms.Came(decision);
            onArms.Add(decision);
            if (nextPair == played.Shadows.Count || played.Shadows[nextPair].DecisionId != decision.Id)
                continue;
            var expected = ValueData.Number(played.Shadows[nextPair++].Outputs.Span, definition.ExpectedOutput!);
            onPairs.AddPair(decision, expected - decision.Expected);
        }
        armPath.Look(truth.PerUnit[^1], ValueScenario.Matters);
        pairPath.Look(truth.PerRequest[^1], ValueScenario.Matters);
        found.Arms.Path(armPath);
        found.Pairs.Path(pairPath);
    }

    /// <summary>The same customers, the champion's release in the first half of the window and the challenger's in the second.</summary>
    void PlayBeforeAfter(int run, ValueDefinition definition, QuoteTruth truth, ValueFindings found)
    {
        ArmAssigner Alone(VersionId release) => new("production", "quote", new() { Champion = release });
        var played = QuoteRun.Play(
            world,
            (ulong)number,
            run,
            [(0, Alone(QuoteRun.Champion)), (QuoteWorld.Days / 2, Alone(QuoteRun.Challenger))]
        );
        var asOf = DateOnly.FromDateTime(QuoteRun.Start.AddDays(QuoteWorld.Days + scenario.MaturityDays + 1).UtcDateTime);
        var ledger = ValueData.Of(definition, played.Decisions, played.Outcomes, asOf);
        found.BeforeAfter.Look(BeforeAfter.Find(ledger.Decisions, definition).Single().Difference, truth.SecondHalf);
    }

    (IReadOnlyList<(double, ArmAssigner)>, IReadOnlyDictionary<long, (double, double)>) Arms()
    {
        var live = new List<(double, ArmAssigner)>();
        var shares = new Dictionary<long, (double, double)>();
        var arms = new LiveArms { Champion = QuoteRun.Champion };
        foreach (
            var (day, share) in new[] { (0.0, scenario.Share), (QuoteWorld.Days / 2, scenario.LaterShare ?? scenario.Share) }
        )
        {
            arms = ArmPlan.Challenge(arms, QuoteRun.Challenger, share);
            live.Add((day, new("production", "quote", arms)));
            shares.Add(live.Count, (share, 1 - share));
        }
        return (live, shares);
    }

    Experiment Rules(ValueDefinition definition, ValueGrade grade, QuoteTruth truth) =>
        new()
        {
            Id = "honest",
            Environment = "production",
            Decision = "quote",
            Release = grade == ValueGrade.ShadowPair ? QuoteRun.Shadow : QuoteRun.Challenger,
            Against = QuoteRun.Champion,
            Grade = grade,
            Split = 1,
            Value = definition,
            MinimumDifference = ValueScenario.Matters,
            PlannedDecisions = scenario.Units * truth.RequestsPerUnit,
            PlannedEnd = QuoteRun.Start.AddDays(QuoteWorld.Days),
            By = Actor.Unverified("honest"),
            At = QuoteRun.Start,
            Why = "measured",
        };

    ValueDefinition Definition() =>
        new()
        {
            Decision = "quote",
            Currency = "EUR",
            Unit = "customer",
            Terms =
            [
                new() { Output = "premium", Outcome = "converted" },
                new()
                {
                    Factor = -1,
                    Outcome = "claim_cost",
                    Cap = scenario.Cap,
                    Development = scenario.ReportDays > 0 ? Pattern() : null,
                },
            ],
            Maturity = TimeSpan.FromDays(scenario.MaturityDays),
            ExpectedOutput = "expected_profit",
            MinimumDifference = ValueScenario.Matters,
        };

    DevelopmentPattern Pattern()
    {
        var ages = Enumerable.Range(1, 200).Select(age => 2.0 * age);
        return new([.. ages.Select(days => new DevelopmentAge(days, world.KnownShare(days)))]);
    }
}
