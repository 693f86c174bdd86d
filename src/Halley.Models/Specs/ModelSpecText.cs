using System.Globalization;

namespace Halley.Models;

static class ModelSpecText
{
    /// <summary>A number as text in the invariant culture.</summary>
    public static string Of(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
