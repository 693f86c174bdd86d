using Halley.Kernels;

namespace Halley.Decisions.Tests;

public sealed class StaffingTests
{
    const string Ids = "0123456789abcdef";

    /// <summary>Two lanes by a net saving that comes with the record; a tenth are looked into by a rule.</summary>
    static DecisionDefinition Definition(double? threshold = null) =>
        new()
        {
            Name = "triage",
            Inputs = new([
                new()
                {
                    Name = "claim",
                    Kind = FieldKind.Text,
                    Role = Role.Id,
                },
                new() { Name = "saving", Kind = FieldKind.Number },
                new() { Name = "named", Kind = FieldKind.Boolean },
            ]),
            Actions = ["pay", "handle", "look"],
            Eligibility =
            [
                new()
                {
                    Name = "named",
                    When = "named",
                    Action = "look",
                    Reason = "named",
                },
            ],
            Triage = new()
            {
                ExpectedPerDay = 20,
                Lanes =
                [
                    new()
                    {
                        Name = "look",
                        Action = "look",
                        Saving = "saving",
                        Cost = "0",
                        Threshold = threshold,
                    },
                    new()
                    {
                        Name = "handle",
                        Action = "handle",
                        Saving = "saving / 2",
                        Cost = "10",
                    },
                ],
            },
            Fallback = new() { ReferAction = "handle" },
            Outputs =
            [
                new()
                {
                    Name = "saving",
                    Kind = OutputKind.Number,
                    Value = "saving",
                },
            ],
        };

    static Table Claims(int count, ulong seed)
    {
        var random = new DeterministicRandom(seed);
        var (ids, savings, named) = (new string?[count], new double[count], new sbyte[count]);
        for (var row = 0; row < count; row++)
            (ids[row], savings[row], named[row]) = (
                Id(seed, row),
                Saving(ref random),
                random.NextDouble() < 0.02 ? (sbyte)1 : (sbyte)0
            );
        return new([new TextColumn("claim", ids), new NumericColumn("saving", savings), new BooleanColumn("named", named)]);
    }

    static string Id(ulong seed, int row) => $"{Ids[(int)(seed % 16)]}{row}";

    static double Saving(ref DeterministicRandom random) => 100 * Math.Exp(random.NextNormal()) - 60;

    static DecisionPlan Compile(DecisionDefinition definition) => DecisionPlan.CompileWith(definition, _ => null);

    static StaffedLane TwoPeople(double size = double.PositiveInfinity) =>
        new()
        {
            Lane = "look",
            PerWeek = 200,
            Size = size,
            Staff = 2,
            HoursPerWeek = 30,
            HoursPerRecord = 4,
        };

    [Theory]
    [InlineData(double.PositiveInfinity)]
    [InlineData(30.0)]
    public void Simulated_weeks_stay_within_capacity_as_often_as_was_asked(double size)
    {
        // Many histories, for the threshold of each has its own chance: 95 % is what they keep together.
        var (within, weeks, shares) = (0, 0, new List<double>());
        for (ulong history = 1; history <= 60; history++)
        {
            var found = LanePlanner.Find(Definition(), Compile, Claims(1500, history), TwoPeople(size));
            Assert.Equal(15, found.Capacity);
            var (random, kept) = (new DeterministicRandom(1000 + history), 0);
            for (var week = 0; week < 200; week++)
            {
                var rate = double.IsPositiveInfinity(size) ? 200 : 200 * Gamma(ref random, size) / size;
                var (looked, count) = (0, Poisson(ref random, rate));
                for (var claim = 0; claim < count; claim++)
                    looked +=
                        Saving(ref random) is var saving
                        && (saving > 0 && saving >= found.Threshold || random.NextDouble() < 0.02)
                            ? 1
                            : 0;
                kept += looked <= found.Capacity ? 1 : 0;
            }
            (within, weeks) = (within + kept, weeks + 200);
            shares.Add(kept / 200.0);
        }

        var share = within / (double)weeks;
        var error = Math.Sqrt(shares.Sum(one => (one - share) * (one - share)) / (shares.Count - 1) / shares.Count);
        // The 95 % interval of the measured share reaches what was asked, and capacity is not left idle either.
        Assert.True(share + 2 * error >= 0.95, $"{share} ± {2 * error}");
        Assert.InRange(share, 0.93, 0.98);
    }

    [Fact]
    public void Decisions_with_the_pinned_threshold_refer_what_was_counted()
    {
        var claims = Claims(3000, 7);
        var found = LanePlanner.Find(Definition(), Compile, claims, TwoPeople());

        var answers = new DecisionEngine(Compile(Definition(found.Threshold))).Decide(claims).Answers;

        var looked = Enumerable.Range(0, 3000).Count(row => answers["action"].TextAt(row) == "look");
        Assert.Equal(found.Taken, looked);
        Assert.Equal(Enumerable.Range(0, 3000).Count(row => claims["named"].TextAt(row) == "true"), found.Fixed);
        Assert.InRange(found.Fixed, 30, 90);
        Assert.True(found.Taken < found.Worth);
        Assert.True(found.Within >= 0.95);
        Assert.Equal(200.0 * found.Taken / 3000, found.PerWeek, 1e-12);
    }

    [Fact]
    public void Few_usual_records_give_a_more_careful_threshold() =>
        Assert.True(
            LanePlanner.Find(Definition(), Compile, Claims(200, 3), TwoPeople()).PerWeek
                < LanePlanner.Find(Definition(), Compile, Claims(20_000, 3), TwoPeople()).PerWeek
        );

    [Fact]
    public void Enough_people_leave_the_lane_open()
    {
        var found = LanePlanner.Find(Definition(), Compile, Claims(1000, 5), TwoPeople() with { Staff = 60 });

        Assert.Equal((0, found.Worth), (found.Threshold, found.Taken));
    }

    [Fact]
    public void Records_that_save_the_same_go_together()
    {
        var savings = Enumerable.Range(0, 1000).Select(row => row < 500 ? 50.0 : -1).ToArray();
        var claims = new Table([
            new TextColumn("claim", [.. Enumerable.Range(0, 1000).Select(row => (string?)$"{row}")]),
            new NumericColumn("saving", savings),
            new BooleanColumn("named", new sbyte[1000]),
        ]);

        var found = LanePlanner.Find(Definition(), Compile, claims, TwoPeople());

        Assert.Equal(0, found.Taken);
        Assert.True(found.Threshold > 50);
    }

    [Fact]
    public void What_is_impossible_is_told_with_what_would_help()
    {
        Throws("HLY4006", "no lane 'shelf'", TwoPeople() with { Lane = "shelf" });
        Throws("HLY4006", "staff is 0; give a number above 0", TwoPeople() with { Staff = 0 });
        Throws("HLY4006", "within capacity is 1; give a number between 0 and 1", TwoPeople() with { Within = 1 });
        Throws("HLY4007", "rules and random checks alone send", TwoPeople() with { HoursPerRecord = 30 });
        Throws("HLY4007", "99 records were decided", TwoPeople(), 99);

        static void Throws(string code, string part, StaffedLane question, int count = 1000)
        {
            var thrown = Assert.Throws<HalleyException>(() =>
                LanePlanner.Find(Definition(), Compile, Claims(count, 9), question)
            );
            Assert.Equal(code, thrown.Code);
            Assert.Contains(part, thrown.Message, StringComparison.Ordinal);
        }
    }

    static int Poisson(ref DeterministicRandom random, double mean)
    {
        var (count, sum) = (0, -Math.Log(random.NextDouble()));
        for (; sum < mean; sum -= Math.Log(random.NextDouble()))
            count++;
        return count;
    }

    /// <summary>Of a whole shape: a sum of exponentials.</summary>
    static double Gamma(ref DeterministicRandom random, double shape)
    {
        var sum = 0.0;
        for (var i = 0; i < shape; i++)
            sum -= Math.Log(random.NextDouble());
        return sum;
    }
}
