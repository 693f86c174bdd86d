using Halley.Data;
using Halley.Statistics;

namespace Halley.Boosting.Tests;

/// <summary>The published split of the French motor book: fitted once on all learn rows with a frozen setting, then judged on test.</summary>
public sealed class FrenchFrequencyTests
{
    /// <summary>
    /// Chosen on the learn rows alone: 60 settings drawn at random and 17 around the best of them, by the mean of three folds of
    /// the learn rows (a hash of IDpol modulo 5), which also gave the number of rounds. The test rows had no part in it.
    /// </summary>
    static readonly BoostingOptions Frozen = new()
    {
        Rounds = 350,
        LearningRate = 0.03,
        MaximumLeaves = 26,
        MinimumLeafRows = 150,
        MinimumLeafHessian = 5,
        L2 = 10,
        ColumnShare = 0.5,
        OneHotLevels = 30,
    };

    static readonly string[] Features =
    [
        "Area",
        "VehPower",
        "VehAge",
        "DrivAge",
        "BonusMalus",
        "VehBrand",
        "VehGas",
        "Density",
        "Region",
    ];

    [Fact]
    public void Claim_frequency_is_level_with_the_established_libraries()
    {
        var (learn, test) = Read();
        var set = new TrainingSet
        {
            Learn = learn,
            Features = Features,
            Target = "ClaimNb",
            Exposure = "Exposure",
        };

        var fit = new BoostingTrainer(Frozen).Fit(set);

        var deviances = Deviances(fit.Trees, test);
        var learnTuples = Tuples(learn).ToHashSet(StringComparer.Ordinal);
        var unseen = Tuples(test).Select(tuple => !learnTuples.Contains(tuple)).ToArray();
        Assert.Equal(43_875, unseen.Count(isUnseen => isUnseen));
        var parts = deviances.Zip(unseen).ToLookup(pair => pair.Second, pair => pair.First);
        // Tuned, the three libraries reach 23.56 to 23.61, 27.43 to 27.51 unseen and 16.43 to 16.48 seen; a GLM 24.10.
        Assert.InRange(100 * deviances.Average(), 23.4, 23.60);
        Assert.InRange(100 * parts[true].Average(), 27.2, 27.50);
        Assert.InRange(100 * parts[false].Average(), 16.3, 16.49);
        Assert.InRange(100 * fit.Curve[^1].Learn, 22.9, 23.4);
        Assert.Equal(1, fit.Balance, 1e-12);
        Assert.Equal(fit.Curve[^1].Learn, Deviances(fit.Trees, learn).Average(), 1e-6);
    }

    static (Table Learn, Table Test) Read()
    {
        var rows = CsvReader.Read(SharedData.Path("data/fremtpl2/freMTPL2_clean.csv.gz"));
        var split = rows.Categorical("split");
        var learn = split.Levels.CodeOf("learn");
        return (rows.Where(row => split.Codes[row] == learn), rows.Where(row => split.Codes[row] != learn));
    }

    static double[] Deviances(TreeEnsemble trees, Table rows)
    {
        var (claims, years) = (rows.Numeric("ClaimNb").Values.ToArray(), rows.Exposure("Exposure").Years.ToArray());
        return
        [
            .. Scores.Of(trees, rows).Select((eta, row) => Family.Poisson.UnitDeviance(claims[row], years[row] * Math.Exp(eta))),
        ];
    }

    static IEnumerable<string> Tuples(Table rows) =>
        Enumerable.Range(0, rows.RowCount).Select(row => string.Join('|', Features.Select(name => rows[name].TextAt(row))));
}
