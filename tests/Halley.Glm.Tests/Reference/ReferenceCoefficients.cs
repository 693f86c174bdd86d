using Halley.Data;

namespace Halley.Glm.Tests;

/// <summary>Coefficients and standard errors that R found, by model.</summary>
static class ReferenceCoefficients
{
    /// <summary>Relative to the larger of coefficient and standard error.</summary>
    internal const double Tolerance = 1e-8;

    internal static IReadOnlyDictionary<string, (double Estimate, double Error)> Published(string set, string model) =>
        Read("data/reference/glm_coefficients.csv", row => row("set") == set && row("model") == model);

    /// <summary>The same fits brought by R to where its steps stop changing anything.</summary>
    internal static IReadOnlyDictionary<string, (double Estimate, double Error)> Golden(
        string model,
        string @case = "public-sets"
    ) => ReadFile(Path.Combine(ProjectRoot.Path, $"tests/golden/glm/{@case}/coefficients.csv"), row => row("model") == model);

    internal static IReadOnlyDictionary<string, (double Estimate, double Error)> Oracle(string id) =>
        Read("oracles/glm/coefs.csv", row => row("id") == id);

    /// <summary>Asserts that every coefficient and standard error is R's, aliased ones included.</summary>
    internal static void AssertSame(
        IReadOnlyDictionary<string, (double Estimate, double Error)> expected,
        GlmFit fit,
        double tolerance = Tolerance,
        double? errorTolerance = null
    )
    {
        Assert.Equal(expected.Count, fit.Coefficients.Count);
        foreach (var own in fit.Coefficients)
        {
            var name = RNames.Of(own).FirstOrDefault(expected.ContainsKey);
            Assert.True(name is not null, $"'{own.Name}' is none of: {string.Join(", ", expected.Keys)}");
            var (estimate, error) = expected[name];
            Assert.Equal(double.IsNaN(estimate), own.IsAliased);
            if (own.IsAliased)
                continue;
            var scale = Math.Max(Math.Abs(estimate), error);
            var apart = Math.Abs(own.Estimate - estimate) / scale;
            var errorApart = Math.Abs(own.StandardError - error) / scale;
            Assert.True(
                apart <= tolerance && errorApart <= (errorTolerance ?? tolerance),
                $"{own.Name}: {own.Estimate:R} ± {own.StandardError:R} where R has {estimate:R} ± {error:R}, {apart:E1} and {errorApart:E1} apart"
            );
        }
    }

    static Dictionary<string, (double, double)> Read(string file, Func<Func<string, string?>, bool> keep) =>
        ReadFile(SharedData.Path(file), keep);

    static Dictionary<string, (double, double)> ReadFile(string path, Func<Func<string, string?>, bool> keep)
    {
        var table = CsvReader.Read(path, options: new() { MissingTexts = ["NA"] });
        var result = new Dictionary<string, (double, double)>(StringComparer.Ordinal);
        for (var row = 0; row < table.RowCount; row++)
        {
            if (keep(column => table[column].TextAt(row)))
            {
                result.Add(
                    RNames.Sorted(table["term"].TextAt(row)!),
                    (table.Numeric("estimate").Values[row], table.Numeric("std_error").Values[row])
                );
            }
        }
        return result;
    }
}
