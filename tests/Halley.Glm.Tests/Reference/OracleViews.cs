using Halley.Data;

namespace Halley.Glm.Tests;

/// <summary>The views of the shared oracles: rows and derived columns behind each fit.</summary>
static class OracleViews
{
    internal static Table FrenchFirst => FrenchData.LearnFirst(60_000);

    internal static Table FrenchClaims => With(FrenchData.LearnClaims, "LogAmount", "ClaimAmount", Math.Log);

    internal static Table Australian => Read("freqsev/ausprivauto0405.csv.gz");

    internal static Table AustralianClaims => WithAverage(Where(Australian, "ClaimNb", claims => claims > 0), "ClaimAmount");

    internal static Table Motorcycles => Exposed(Read("freqsev/swmotorcycle.csv.gz"));

    internal static Table MotorcycleClaims =>
        WithAverage(
            Where(Where(Motorcycles, "ClaimNb", claims => claims > 0), "ClaimAmount", amount => amount > 0),
            "ClaimAmount"
        );

    internal static Table British => Where(Read("freqsev/ukaggclaim.csv"), "NClaims", claims => claims > 0);

    internal static Table Renewals
    {
        get
        {
            var table = Read("lapse/eudirectlapse.csv.gz");
            var last = table.Numeric("prem_last").Values.ToArray();
            var market = table.Numeric("prem_market").Values.ToArray();
            var offer = table.Numeric("prem_final").Values.ToArray();
            return table
                .With(new NumericColumn("logfinal", [.. offer.Select(price => Math.Log(price))]))
                .With(new NumericColumn("loglast", [.. offer.Select((price, row) => Math.Log(price / last[row]))]))
                .With(new NumericColumn("logmarket", [.. offer.Select((price, row) => Math.Log(price / market[row]))]));
        }
    }

    /// <summary>Policies of the pricing game with N, the number of their claims of a positive amount.</summary>
    internal static Table PricingGame
    {
        get
        {
            var (policies, claims) = (Read("freqsev/pg17_policies.csv.gz"), Read("freqsev/pg17_claims.csv.gz"));
            var counts = new Dictionary<(string?, string?), double>();
            for (var row = 0; row < claims.RowCount; row++)
            {
                var key = (claims["id_client"].TextAt(row), claims["id_vehicle"].TextAt(row));
                if (claims.Numeric("claim_amount").Values[row] > 0)
                    counts[key] = counts.GetValueOrDefault(key) + 1;
            }
            double[] n =
            [
                .. Enumerable
                    .Range(0, policies.RowCount)
                    .Select(row =>
                        counts.GetValueOrDefault((policies["id_client"].TextAt(row), policies["id_vehicle"].TextAt(row)))
                    ),
            ];
            return With(policies.With(new NumericColumn("N", n)), "logValue", "vh_value", value => Math.Log(1 + value));
        }
    }

    static Table Read(string file) => CsvReader.Read(SharedData.Path("data/" + file));

    static Table With(Table table, string name, string from, Func<double, double> rule) =>
        table.With(FrenchData.Derived(table, name, from, rule));

    internal static Table Where(Table table, string column, Func<double, bool> keep)
    {
        var values = table.Numeric(column).Values.ToArray();
        return table.Take([.. Enumerable.Range(0, values.Length).Where(row => keep(values[row]))]);
    }

    internal static Table Where(Table table, string column, params string[] levels)
    {
        var category = table.Categorical(column);
        return table.Take([.. Enumerable.Range(0, table.RowCount).Where(row => levels.Contains(category.TextAt(row)))]);
    }

    static Table Exposed(Table table)
    {
        var years = table.Exposure("Exposure").Years.ToArray();
        return table.Take([.. Enumerable.Range(0, years.Length).Where(row => years[row] > 0)]);
    }

    static Table WithAverage(Table table, string amount)
    {
        var claims = table.Numeric("ClaimNb").Values.ToArray();
        var amounts = table.Numeric(amount).Values.ToArray();
        return table.With(new NumericColumn("AvCost", [.. amounts.Select((total, row) => total / claims[row])]));
    }
}
