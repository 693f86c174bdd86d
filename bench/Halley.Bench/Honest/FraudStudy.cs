using Halley.Data;
using Halley.Glm;
using Halley.Kernels;
using Halley.Models;
using Halley.Registry;
using Halley.Statistics;

namespace Halley.Bench;

/// <summary>Plays a triage of claims many times: the fraud rate from its checks, and a model refitted from them, with and without the logged chances.</summary>
/// <remarks>
/// A claim is fraud with log odds −3.4 + 0.9·x₁ + 0.9·x₂ + 2·s. Models see x₁ and x₂; the suspicion s of one claim in ten is a handler's and no
/// field. Checked are claims with suspicion, those with x₁ above 1.5, and others by chance.
/// </remarks>
sealed class FraudStudy(FraudScenario scenario, int number)
{
    static readonly ModelSpec Model = new()
    {
        Name = "fraud",
        Target = "fraud",
        Weight = "weight",
        Family = Family.Binomial,
        Learner = new GlmLearner { Terms = [new NumericTerm("first"), new NumericTerm("second")] },
    };

    readonly Lock gate = new();

    public FraudFindings Run(int runs)
    {
        var all = new FraudFindings(scenario, TrueRate());
        Parallel.For(
            0,
            runs,
            () => new FraudFindings(scenario, all.Truth),
            (run, _, found) =>
            {
                Play(run, found);
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

    readonly record struct Claim(double First, double Second, bool IsSuspect)
    {
        public double Odds => Math.Exp(-3.4 + 0.9 * First + 0.9 * Second + (IsSuspect ? 2 : 0));

        public static Claim Draw(ref DeterministicRandom random) =>
            new(random.NextNormal(), random.NextNormal(), random.NextDouble() < 0.1);
    }

    void Play(int run, FraudFindings found)
    {
        var random = CounterRandom.Generator(1000 + (ulong)number, (ulong)run);
        var decisions = new List<DecisionRecord>(scenario.Claims);
        var outcomes = new List<OutcomeRecord>();
        var claims = new Dictionary<Guid, Claim>();
        for (var i = 0; i < scenario.Claims; i++)
        {
            var claim = Claim.Draw(ref random);
            var (draw, fraud) = (random.NextDouble(), random.NextDouble() < claim.Odds / (1 + claim.Odds));
            var isSent = claim.IsSuspect || claim.First > 1.5;
            var decision = new DecisionRecord
            {
                Id = new(i, 0, 0, BitConverter.GetBytes((ulong)run)),
                Time = QuoteRun.Start.AddMinutes(i),
                Environment = "production",
                Decision = "triage",
                Release = QuoteRun.Champion,
                Revision = 1,
                Arm = ReleaseRole.Champion,
                Probability = 1,
                CheckProbability = isSent ? 1 : scenario.CheckShare,
                Checked = draw < scenario.CheckShare,
                UnitId = $"{i}",
            };
            decisions.Add(decision);
            claims.Add(decision.Id, claim);
            if (isSent || decision.Checked)
                outcomes.Add(OutcomeOf(decision, fraud));
        }
        var sample = CheckedSample.Of(decisions, outcomes, "fraud", DateOnly.MaxValue);
        var (x1, x2) = (
            claims.Values.Select(claim => claim.First).ToArray(),
            claims.Values.Select(claim => claim.Second).ToArray()
        );
        var everything = new Table([new NumericColumn("first", x1), new NumericColumn("second", x2)]);
        found.Count(
            sample.Share,
            sample.UnweightedShare,
            Refit(sample, claims, everything, true),
            Refit(sample, claims, everything, false)
        );
    }

    /// <summary>The mean over all claims of a model refitted from the checked ones.</summary>
    static double Refit(CheckedSample sample, Dictionary<Guid, Claim> claims, Table everything, bool isWeighted)
    {
        double[] Column(Func<CheckedRow, double> of) => [.. sample.Rows.Select(of)];
        var rows = new Table([
            new NumericColumn("first", Column(row => claims[row.Decision.Id].First)),
            new NumericColumn("second", Column(row => claims[row.Decision.Id].Second)),
            new NumericColumn("fraud", Column(row => row.Outcome)),
            new NumericColumn("weight", Column(row => isWeighted ? row.Weight : 1)),
        ]);
        var fitted = ModelFitter.Fit(Model, rows, options: new() { Threads = 1 });
        return Reduce.Sum(fitted.Predict(everything, PredictMode.ExposureApplied).Values) / everything.RowCount;
    }

    static OutcomeRecord OutcomeOf(DecisionRecord decision, bool fraud) =>
        new(
            decision.Id,
            decision.Time,
            decision.Environment,
            decision.Decision,
            new()
            {
                Id = "",
                DecisionId = decision.Id,
                Kind = "fraud",
                Value = fraud ? 1 : 0,
                ValuationDate = DateOnly.FromDateTime(decision.Time.UtcDateTime),
            }
        );

    static double TrueRate()
    {
        const int draws = 4_000_000;
        var random = CounterRandom.Generator(88, 1);
        var sum = 0.0;
        for (var i = 0; i < draws; i++)
        {
            var odds = Claim.Draw(ref random).Odds;
            sum += odds / (1 + odds);
        }
        return sum / draws;
    }
}
