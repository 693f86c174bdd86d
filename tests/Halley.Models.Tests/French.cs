using Halley.Data;
using Halley.Glm;
using Halley.Statistics;

namespace Halley.Models.Tests;

/// <summary>The French motor portfolio and the published models of it, as specs.</summary>
static class French
{
    static readonly Lazy<Table> Loaded = new(Load);

    /// <summary>678,007 policies; skips the test where the shared data are missing.</summary>
    public static Table Policies
    {
        get
        {
            SharedData.Path("data/fremtpl2/freMTPL2_clean.csv.gz");
            return Loaded.Value;
        }
    }

    /// <summary>GLM3 of Wüthrich and Merz (2023): age as log and polynomial, bonus-malus times age and age squared.</summary>
    public static ModelSpec Glm3 { get; } =
        new()
        {
            Name = "french-count-glm3",
            Target = "ClaimNb",
            Exposure = "Exposure",
            Family = Family.Poisson,
            Derived =
            [
                new(
                    "AreaRank",
                    "if(Area == \"A\", 1, if(Area == \"B\", 2, if(Area == \"C\", 3, if(Area == \"D\", 4, if(Area == \"E\", 5, 6)))))"
                ),
                new("Power", "min(VehPower, 9)"),
                new("Bonus", "min(BonusMalus, 150)"),
            ],
            Learner = new GlmLearner
            {
                Terms =
                [
                    new NumericTerm("AreaRank"),
                    new FactorTerm("Power"),
                    new BandedTerm("VehAge", [6, 13]),
                    new NumericTerm("Bonus"),
                    new FactorTerm("VehBrand") { Base = "B1" },
                    new FactorTerm("VehGas"),
                    new LogTerm("Density"),
                    new FactorTerm("Region") { Base = "R24" },
                    new PolynomialTerm("DrivAge", 4),
                    new LogTerm("DrivAge"),
                    new InteractionTerm(new NumericTerm("Bonus"), new PolynomialTerm("DrivAge", 2)),
                ],
            },
            Split = new ColumnSplit { Column = "split", Validation = [] },
        };

    /// <summary>Boosted trees, small enough for a test: what it shows is the road, not the best figure.</summary>
    public static ModelSpec Trees { get; } =
        new()
        {
            Name = "french-count-trees",
            Target = "ClaimNb",
            Exposure = "Exposure",
            Family = Family.Poisson,
            Learner = new BoostingLearner
            {
                Features = ["Area", "VehPower", "VehAge", "DrivAge", "BonusMalus", "VehBrand", "VehGas", "Density", "Region"],
                Options = new()
                {
                    Rounds = 60,
                    LearningRate = 0.15,
                    MaximumLeaves = 31,
                },
            },
            Split = new ColumnSplit
            {
                Column = "split",
                ValidationShare = 0.1,
                Keys = ["IDpol"],
            },
        };

    static Table Load() => CsvReader.Read(SharedData.Path("data/fremtpl2/freMTPL2_clean.csv.gz"));
}
