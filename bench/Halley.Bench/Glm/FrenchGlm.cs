using Halley.Data;
using Halley.Glm;

namespace Halley.Bench;

/// <summary>The French motor learn rows with the derived columns of Wuethrich and Merz, and their third GLM.</summary>
static class FrenchGlm
{
    static readonly Lazy<Table> Rows = new(Read);

    /// <summary>610,206 rows.</summary>
    public static Table Learn => Rows.Value;

    public static TrainingSet Set =>
        new()
        {
            Learn = Learn,
            Features = [],
            Target = "ClaimNb",
            Exposure = "Exposure",
        };

    /// <summary>50 parameters.</summary>
    public static GlmOptions Options(int threads) => new() { Terms = Terms, Threads = threads };

    /// <summary>Four smooths of 20 and 38 parametric coefficients.</summary>
    public static GlmOptions GamOptions(int threads) => new() { Terms = GamTerms, Threads = threads };

    /// <summary>Peak memory of this process's first fit above what the table left; null where the system does not tell.</summary>
    public static double? ExtraMegabytes()
    {
        var set = Set;
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        if (!Machine.ResetPeak() || Machine.PeakMegabytes() is not { } before)
            return null;
        new GlmTrainer(Options(threads: 2)).Fit(set);
        return Machine.PeakMegabytes() - before;
    }

    static Term[] Terms =>
        [
            new FactorTerm("VehPowerGLM") { Base = "4" },
            new BandedTerm("VehAge", [6, 13]) { Base = "<6", Label = "VehAgeGLM" },
            new NumericTerm("BonusMalusGLM"),
            new FactorTerm("VehBrand") { Base = "B1" },
            new FactorTerm("VehGas") { Base = "Diesel" },
            new NumericTerm("DensityGLM"),
            new FactorTerm("Region") { Base = "R24" },
            new NumericTerm("AreaGLM"),
            new LogTerm("DrivAge"),
            new PolynomialTerm("DrivAge", 4),
            new InteractionTerm(new NumericTerm("BonusMalusGLM"), new PolynomialTerm("DrivAge", 2)),
        ];

    static Term[] GamTerms =>
        [
            new SmoothTerm("VehAge") { Size = 20 },
            new SmoothTerm("DrivAge") { Size = 20 },
            new SmoothTerm("BonusMalus") { Size = 20 },
            new SmoothTerm("DensityGLM") { Size = 20 },
            new FactorTerm("VehPowerGLM"),
            new FactorTerm("VehBrand"),
            new FactorTerm("VehGas"),
            new FactorTerm("Region"),
        ];

    static Table Read()
    {
        var table = FrenchFile.Load();
        var split = table.Categorical("split");
        var learn = split.Levels.CodeOf("learn");
        table = table.Take([.. Enumerable.Range(0, table.RowCount).Where(row => split.Codes[row] == learn)]);
        var area = table.Categorical("Area");
        double[] areas = [.. Enumerable.Range(0, table.RowCount).Select(row => area.Levels[area.Codes[row]][0] - 'A' + 1.0)];
        return table
            .With(new NumericColumn("AreaGLM", areas))
            .With(Derived(table, "VehPowerGLM", "VehPower", power => Math.Min(power, 9)))
            .With(Derived(table, "BonusMalusGLM", "BonusMalus", level => Math.Min(level, 150)))
            .With(Derived(table, "DensityGLM", "Density", Math.Log));
    }

    static NumericColumn Derived(Table table, string name, string from, Func<double, double> rule) =>
        new(name, [.. table.Numeric(from).Values.ToArray().Select(rule)]);
}
