using System.Globalization;
using System.Text;

namespace Halley.Cli.Tests;

/// <summary>A user's own file, small and made by formula.</summary>
static class StarterBook
{
    /// <summary>3,000 policies whose claims depend on age and area.</summary>
    public static string Text()
    {
        var text = new StringBuilder("policy_id,age,area,fuel,exposure,claims\n");
        for (var i = 0; i < 3_000; i++)
        {
            var (age, area) = (18 + i * 7 % 60, "ABC"[i % 3]);
            var mean = 0.4 * Math.Exp(-0.03 * (age - 18)) * (area == 'C' ? 1.5 : 1);
            // A fraction that wanders evenly stands for chance.
            var chance = i * 0.6180339887498949 % 1;
            text.Append(
                CultureInfo.InvariantCulture,
                $"P{i},{age},{area},{(i % 2 == 0 ? "diesel" : "petrol")},{0.25 + i % 4 * 0.25},{(chance < mean ? 1 : 0)}\n"
            );
        }
        return text.ToString();
    }
}
