namespace Halley.Registry.Tests;

public sealed class GateTests
{
    public static TheoryData<string, Gate, GateEvidence?, bool, string> Cases()
    {
        var tests = new DecisionTestsGate { Name = "g", MinimumTests = 2 };
        var metric = new MetricGate
        {
            Name = "g",
            Metric = "deviance",
            MaximumLoss = 0.01,
        };
        var whole = metric with { WholeInterval = true };
        var gini = metric with { Metric = "gini" };
        var ratio = new ActualExpectedGate { Name = "g", MinimumExpected = 10 };
        var moves = new DislocationGate
        {
            Name = "g",
            Threshold = 0.1,
            MaximumShare = 0.05,
            MaximumRise = 0.5,
            MaximumTotalChange = 0.02,
        };
        var shadow = new ShadowGate
        {
            Name = "g",
            Minimum = 100,
            MaximumErrorShare = 0.01,
        };
        return new()
        {
            { "tests pass", tests, Tests(3), true, "All 3 tests of the decision passed." },
            { "no tests", tests, Tests(1), false, "The decision has 1 tests, 2 are needed." },
            { "a test fails", tests, Tests(3, "young driver"), false, "1 of 3 tests failed: young driver." },
            { "tests not run", tests, null, false, "The decision's tests were not run." },
            {
                "artefacts pass",
                new ArtefactGate { Name = "g" },
                Artefacts(),
                true,
                "All 3 artefacts are there, unmodified and pass their checks."
            },
            {
                "artefacts fail",
                new ArtefactGate { Name = "g" },
                Artefacts("x is gone"),
                false,
                "The release is not sound: x is gone."
            },
            { "better", metric, Metric(23.5, 23.6), true, "deviance is 23.5, the champion's is 23.6 (better by 0.1)." },
            {
                "a little worse",
                metric,
                Metric(23.605, 23.6),
                true,
                "deviance is 23.605, the champion's is 23.6 (worse by 0.005)."
            },
            {
                "worse",
                metric,
                Metric(23.7, 23.6),
                false,
                "deviance is 23.7, the champion's is 23.6 (worse by 0.1); at most 0.01 worse is accepted."
            },
            {
                "higher is better",
                gini,
                Metric(0.31, 0.29) with
                {
                    HigherIsBetter = true,
                },
                true,
                "gini is 0.31, the champion's is 0.29 (better by 0.02)."
            },
            {
                "higher is better, lower",
                gini,
                Metric(0.25, 0.29) with
                {
                    HigherIsBetter = true,
                },
                false,
                "gini is 0.25, the champion's is 0.29 (worse by 0.04); at most 0.01 worse is accepted."
            },
            { "no champion", metric, Metric(23.5, null), true, "deviance is 23.5; there is no champion to compare with." },
            { "NaN", metric, Metric(double.NaN, 23.6), false, "deviance of the release is not a number." },
            { "no interval", whole, Metric(23.5, 23.6), false, "deviance has no interval of its difference." },
            {
                "interval reaches too far",
                whole,
                Metric(23.5, 23.6) with
                {
                    DifferenceLower = -0.3,
                    DifferenceUpper = 0.1,
                },
                false,
                "deviance is 23.5, the champion's is 23.6 (better by 0.1, at the interval's bad end worse by 0.1); at most 0.01 worse is accepted."
            },
            {
                "inside",
                ratio,
                Ratios(new ActualExpectedSegment("age", "18-25", 110, 100, 0.9, 1.3)),
                true,
                "Actual over expected holds 1 in all 1 segments."
            },
            {
                "outside",
                ratio,
                Ratios(
                    new("age", "18-25", 130, 100, 1.1, 1.5),
                    new("age", "26+", 60, 100, 0.5, 0.7),
                    new("", "", 100, 100, 0.9, 1.1)
                ),
                false,
                "Actual over expected leaves its interval in 2 of 3 segments, most in age = 26+: 0.600 (interval 0.500 to 0.700)."
            },
            {
                "interval is NaN",
                ratio,
                Ratios(new ActualExpectedSegment("", "", 100, 100, double.NaN, 1.1)),
                false,
                "Actual over expected leaves its interval in 1 of 1 segments, most in the whole portfolio: 1.000 (interval NaN to 1.100)."
            },
            {
                "all too small",
                ratio,
                Ratios(new ActualExpectedSegment("age", "18-25", 20, 5, 2, 9)),
                false,
                "No segment is large enough to be judged."
            },
            {
                "moves little",
                moves,
                Moves(1000, 50, 0.5, -0.02),
                true,
                "5 % of 1000 policies change by more than 10 %, the total by -2 %."
            },
            {
                "too many move",
                moves,
                Moves(1000, 51, 0, 0),
                false,
                "5.1 % of 1000 policies change by more than 10 %; 5 % is the limit."
            },
            { "one rises too far", moves, Moves(1000, 0, 0.51, 0), false, "One policy rises by 51 %; 50 % is the limit." },
            {
                "total moves",
                moves,
                Moves(1000, 0, 0, -0.021),
                false,
                "The total premium changes by -2.1 %; 2 % either way is the limit."
            },
            { "no policies", moves, Moves(0, 0, 0, 0), false, "The portfolio for premium changes is empty." },
            {
                "nothing to move from",
                moves,
                Moves(0, 0, 0, 0) with
                {
                    HasChampion = false,
                },
                true,
                "There is no champion whose premiums could move."
            },
            { "enough shadows", shadow, Shadows(100, 1), true, "100 shadow decisions were logged, 1 of them failed." },
            { "too few shadows", shadow, Shadows(99, 0), false, "99 shadow decisions were logged, 100 are needed." },
            { "shadows fail", shadow, Shadows(100, 2), false, "100 shadow decisions were logged, 2 of them failed: too many." },
            {
                "approval open",
                new ApprovalGate { Name = "g" },
                null,
                false,
                "0 of 1 approvals are given."
            },
        };
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_gate_judges_and_says_so_in_one_sentence(
        string name,
        Gate gate,
        GateEvidence? evidence,
        bool passed,
        string sentence
    )
    {
        var result = gate.Judge(evidence);
        Assert.Equal((name, passed, sentence), (name, result.Passed, result.Sentence));
        Assert.Equal(passed, result.Remedy is null);
    }

    [Fact]
    public void Every_gate_without_evidence_fails_and_says_how_to_get_it()
    {
        foreach (var gate in Cases().Select(row => row.Data.Item2).DistinctBy(gate => gate.GetType()))
        {
            var result = gate.Judge(null);
            Assert.False(result.Passed);
            Assert.NotEmpty(result.Remedy!);
        }
    }

    [Fact]
    public void Gates_that_cannot_be_used_are_refused_with_every_problem_at_once()
    {
        var set = new GateSet
        {
            Environment = "production",
            Gates =
            [
                new MetricGate
                {
                    Name = "same",
                    Metric = "",
                    MaximumLoss = -1,
                },
                new ShadowGate { Name = "same", Minimum = 0 },
                new DislocationGate
                {
                    Name = "moves",
                    Threshold = 0,
                    MaximumShare = 2,
                },
            ],
        };
        Assert.Equal(
            "HLY5301: the gates of 'production' cannot be used: gate 'same': no metric is named; gate 'same': maximum_loss is -1; a finite number of at least 0 is needed; "
                + "gate 'same': minimum is 0; at least 1 is needed; gate 'moves': threshold must be above 0; gate 'moves': maximum_share must lie in [0, 1]; two gates are named 'same'.",
            Assert.Throws<Data.HalleyException>(set.Validate).Message
        );
    }

    static DecisionTestsEvidence Tests(int total, params string[] failed) =>
        new()
        {
            Gate = "g",
            Total = total,
            Failed = failed,
        };

    static ArtefactEvidence Artefacts(params string[] problems) =>
        new()
        {
            Gate = "g",
            Checked = 3,
            Problems = problems,
        };

    static MetricEvidence Metric(double candidate, double? champion) =>
        new()
        {
            Gate = "g",
            Candidate = candidate,
            Champion = champion,
            HigherIsBetter = false,
        };

    static ActualExpectedEvidence Ratios(params ActualExpectedSegment[] segments) => new() { Gate = "g", Segments = segments };

    static DislocationEvidence Moves(long policies, long moved, double rise, double total) =>
        new()
        {
            Gate = "g",
            HasChampion = true,
            Policies = policies,
            Moved = moved,
            LargestRise = rise,
            TotalChange = total,
        };

    static ShadowEvidence Shadows(long decisions, long errors) =>
        new()
        {
            Gate = "g",
            Decisions = decisions,
            Errors = errors,
        };
}
