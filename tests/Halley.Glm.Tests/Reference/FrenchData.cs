using Halley.Data;

namespace Halley.Glm.Tests;

/// <summary>The French motor data with the derived columns of Wuethrich and Merz, read once for all tests.</summary>
static class FrenchData
{
    static readonly Lazy<Table> Policies = new(() =>
        WithDerived(CsvReader.Read(SharedData.Path("data/fremtpl2/freMTPL2_clean.csv.gz")))
    );

    static readonly Lazy<Table> LearnRows = new(() => Part(Policies.Value, "learn"));
    static readonly Lazy<Table> TestRows = new(() => Part(Policies.Value, "test"));
    static readonly Lazy<Table> Claims = new(ReadClaims);

    internal static Table Learn => LearnRows.Value;

    internal static Table Test => TestRows.Value;

    /// <summary>One row a claim of the learn part, joined to its policy, in file order.</summary>
    internal static Table LearnClaims => Part(Claims.Value, "learn");

    internal static Table TestClaims => Part(Claims.Value, "test");

    /// <summary>The first rows of the learn part.</summary>
    internal static Table LearnFirst(int count) => Learn.Take([.. Enumerable.Range(0, count)]);

    internal static Table Part(Table table, string name)
    {
        var split = table.Categorical("split");
        var code = split.Levels.CodeOf(name);
        return table.Take([.. Enumerable.Range(0, table.RowCount).Where(row => split.Codes[row] == code)]);
    }

    static Table WithDerived(Table table)
    {
        var area = table.Categorical("Area");
        double[] areas = [.. Enumerable.Range(0, table.RowCount).Select(row => area.Levels[area.Codes[row]][0] - 'A' + 1.0)];
        return table
            .With(new NumericColumn("AreaGLM", areas))
            .With(Derived(table, "VehPowerGLM", "VehPower", power => Math.Min(power, 9)))
            .With(Derived(table, "BonusMalusGLM", "BonusMalus", level => Math.Min(level, 150)))
            .With(Derived(table, "DensityGLM", "Density", Math.Log));
    }

    internal static NumericColumn Derived(Table table, string name, string from, Func<double, double> rule) =>
        new(name, [.. table.Numeric(from).Values.ToArray().Select(rule)]);

    static Table ReadClaims()
    {
        var claims = CsvReader.Read(SharedData.Path("data/fremtpl2/freMTPL2_clean_sev.csv.gz"));
        var policies = Policies.Value;
        var rows = new Dictionary<double, int>();
        for (var row = 0; row < policies.RowCount; row++)
            rows.Add(policies.Numeric("IDpol").Values[row], row);
        int[] joined = [.. claims.Numeric("IDpol").Values.ToArray().Select(id => rows[id])];
        return policies.Take(joined).With(claims.Numeric("ClaimAmount"));
    }
}
