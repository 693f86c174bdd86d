using System.Text.Json;
using Halley.Data;
using Halley.Statistics;

namespace Halley.Glm.Tests;

/// <summary>The shared oracles' penalised problems, as their recipes have them.</summary>
static class PenalisedOracles
{
    static readonly Lazy<Table> CellsOfMotorcycles = new(() => Grouped(OracleViews.Motorcycles));
    static readonly Dictionary<string, Lazy<Table>> Views = new()
    {
        ["sw_cells"] = CellsOfMotorcycles,
        ["lapse"] = new(() => OracleViews.Renewals),
        ["fr_sub"] = new(() => WithRate(OracleViews.FrenchFirst)),
        ["fr_sev"] = new(() => OracleViews.FrenchClaims),
        ["aus"] = new(() => WithRate(OracleViews.Australian)),
        ["aus_sev"] = new(() =>
            OracleViews.AustralianClaims.With(FrenchData.Derived(OracleViews.AustralianClaims, "LogAvCost", "AvCost", Math.Log))
        ),
    };

    internal static Table View(string name) => Views[name].Value;

    /// <summary>The training set of a view with the response in the oracles' words.</summary>
    internal static TrainingSet Set(string view, string response, string weights, string offset) =>
        new()
        {
            Learn = View(view),
            Features = [],
            Target = response switch
            {
                "ClaimNb / Exposure" => "ClaimRate",
                "ClaimTotal / Exposure" => "CostRate",
                "ClaimAmount / ClaimNb" => "AvCost",
                "log(ClaimAmount / ClaimNb)" => "LogAvCost",
                "log(ClaimAmount)" => "LogAmount",
                _ => response,
            },
            Weight = weights switch
            {
                "none" => null,
                "Exposure" => "Years",
                _ => weights,
            },
            Offset = offset == "none" ? null : "LogExposure",
        };

    /// <summary>Terms of a sum of column names: factors with their first level as base, bands and numbers.</summary>
    internal static Term[] Terms(string view, string columns) =>
        [.. columns.Split(" + ", StringSplitOptions.TrimEntries).Select(column => TermOf(View(view), column))];

    internal static Family FamilyOf(string name, double power) =>
        name switch
        {
            "poisson" => Family.Poisson,
            "binomial" => Family.Binomial,
            "gamma" => Family.Gamma,
            "gaussian" => Family.Gaussian,
            // glum's theta is the inverse of MASS's; the recipes have 1.
            "negbin" => Family.NegativeBinomial(1),
            "tweedie" => Family.Tweedie(power),
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
        };

    internal static Link LinkOf(string family) =>
        family switch
        {
            "binomial" => Link.Logit,
            "gaussian" => Link.Identity,
            _ => Link.Log,
        };

    internal static JsonElement Recipes(string file) =>
        JsonDocument.Parse(File.ReadAllText(SharedData.Path($"oracles/glm/{file}"))).RootElement;

    /// <summary>Coefficients by the oracle's names, of the lines that a rule keeps.</summary>
    internal static Dictionary<string, double> Coefficients(string file, Func<Func<string, string?>, bool> keep)
    {
        var table = CsvReader.Read(SharedData.Path($"oracles/glm/{file}"));
        var result = new Dictionary<string, double>(StringComparer.Ordinal);
        for (var row = 0; row < table.RowCount; row++)
        {
            if (keep(column => table[column].TextAt(row)))
                result.Add(table["term"].TextAt(row)!, table.Numeric("estimate").Values[row]);
        }
        return result;
    }

    /// <summary>Largest distance between a fit's coefficients and the oracle's, relative to the larger of the coefficient and 0.01.</summary>
    internal static double Apart(GlmFit fit, IReadOnlyDictionary<string, double> expected)
    {
        Assert.Equal(expected.Count, fit.Coefficients.Count);
        return fit.Coefficients.Max(own =>
        {
            var name = RNames.Of(own).FirstOrDefault(expected.ContainsKey);
            Assert.True(name is not null, $"'{own.Name}' is none of: {string.Join(", ", expected.Keys)}");
            return Math.Abs(own.Estimate - expected[name]) / Math.Max(Math.Abs(expected[name]), 0.01);
        });
    }

    static Term TermOf(Table table, string column) =>
        column switch
        {
            "VehAgeGLM" => new BandedTerm("VehAge", [6, 13]) { Base = "<6", Label = "VehAgeGLM" },
            _ when table[column] is CategoricalColumn category => new FactorTerm(column)
            {
                Base = category.Levels.Levels.Where((_, code) => category.Codes.Contains(code)).Min(StringComparer.Ordinal),
            },
            _ => new NumericTerm(column),
        };

    static Table WithRate(Table table)
    {
        var years = table.Exposure("Exposure").Years.ToArray();
        Table Rate(Table on, string name, string from) =>
            table.Has(from)
                ? on.With(new NumericColumn(name, [.. table.Numeric(from).Values.ToArray().Select((y, row) => y / years[row])]))
                : on;
        var rates = Rate(Rate(table.With(new NumericColumn("Years", years)), "ClaimRate", "ClaimNb"), "CostRate", "ClaimTotal");
        return rates.With(new NumericColumn("LogExposure", [.. years.Select(year => Math.Log(year))]));
    }

    static Table Grouped(Table table)
    {
        var (areas, risks, bonus) = (table.Categorical("Area"), table.Categorical("RiskClass"), table.Categorical("BonusClass"));
        var ages = table.Numeric("VehAge").Values.ToArray();
        var claims = table.Numeric("ClaimNb").Values.ToArray();
        var years = table.Exposure("Exposure").Years.ToArray();
        var cells = Enumerable
            .Range(0, table.RowCount)
            .GroupBy(row =>
                (
                    Area: areas.TextAt(row)!,
                    Risk: risks.TextAt(row)!,
                    Age: ages[row] < 2 ? "0-1"
                    : ages[row] < 5 ? "2-4"
                    : "5-99",
                    Bonus: bonus.TextAt(row)!
                )
            )
            .OrderBy(group => group.Key.Area, StringComparer.Ordinal)
            .ThenBy(group => group.Key.Risk, StringComparer.Ordinal)
            .ThenBy(group => group.Key.Age, StringComparer.Ordinal)
            .ThenBy(group => group.Key.Bonus, StringComparer.Ordinal)
            .ToArray();
        var exposure = cells.Select(cell => cell.Sum(row => years[row])).ToArray();
        return WithRate(
            new([
                Category("Area", cells.Select(cell => cell.Key.Area)),
                Category("RiskClass", cells.Select(cell => cell.Key.Risk)),
                Category("VehAgeBand", cells.Select(cell => cell.Key.Age)),
                Category("BonusClass", cells.Select(cell => cell.Key.Bonus)),
                new NumericColumn("ClaimNb", [.. cells.Select(cell => cell.Sum(row => claims[row]))]),
                new ExposureColumn("Exposure", exposure),
                new NumericColumn("fold", [.. cells.Select((_, row) => (double)(row % 10 + 1))]),
            ])
        );
    }

    internal static CategoricalColumn Category(string name, IEnumerable<string> texts)
    {
        string[] all = [.. texts];
        string[] levels = [.. all.Distinct().Order(StringComparer.Ordinal)];
        return new(name, [.. all.Select(text => Array.IndexOf(levels, text))], new(levels));
    }
}
