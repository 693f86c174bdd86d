namespace Halley.Data.Expressions;

/// <summary>Comparisons and three-valued logic: 1 true, 0 false, NaN missing.</summary>
/// <remarks>
/// A comparison with a missing value is missing. <c>false and missing</c> is false, <c>true or missing</c> is true, every
/// other combination with missing is missing (Kleene's strong logic, as in SQL).
/// </remarks>
static class LogicOperations
{
    static double Compared(double x, double y, bool result) =>
        double.IsNaN(x) || double.IsNaN(y) ? double.NaN
        : result ? 1
        : 0;

    internal readonly struct Equal : IBinaryOperation
    {
        public static double Of(double x, double y) => Compared(x, y, x == y);
    }

    internal readonly struct NotEqual : IBinaryOperation
    {
        public static double Of(double x, double y) => Compared(x, y, x != y);
    }

    internal readonly struct Less : IBinaryOperation
    {
        public static double Of(double x, double y) => Compared(x, y, x < y);
    }

    internal readonly struct LessOrEqual : IBinaryOperation
    {
        public static double Of(double x, double y) => Compared(x, y, x <= y);
    }

    internal readonly struct Greater : IBinaryOperation
    {
        public static double Of(double x, double y) => Compared(x, y, x > y);
    }

    internal readonly struct GreaterOrEqual : IBinaryOperation
    {
        public static double Of(double x, double y) => Compared(x, y, x >= y);
    }

    internal readonly struct And : IBinaryOperation
    {
        public static double Of(double x, double y) => x == 0 || y == 0 ? 0 : x * y;
    }

    internal readonly struct Or : IBinaryOperation
    {
        public static double Of(double x, double y) => x == 1 || y == 1 ? 1 : x + y;
    }

    internal readonly struct Not : IUnaryOperation
    {
        public static double Of(double x) => 1 - x;
    }

    /// <summary>Never missing itself.</summary>
    internal readonly struct IsMissing : IUnaryOperation
    {
        public static double Of(double x) => double.IsNaN(x) ? 1 : 0;
    }

    /// <summary>The first that is not missing.</summary>
    internal readonly struct Coalesce : IBinaryOperation
    {
        public static double Of(double x, double y) => double.IsNaN(x) ? y : x;
    }
}
