using Halley.Kernels;

namespace Halley.Data.Expressions;

/// <summary>Arithmetic on slot values. A result that is no finite number is missing, and so is any result of a missing operand.</summary>
static class ArithmeticOperations
{
    internal static double FiniteOrMissing(double value) => double.IsFinite(value) ? value : double.NaN;

    internal readonly struct Add : IBinaryOperation
    {
        public static double Of(double x, double y) => FiniteOrMissing(x + y);
    }

    internal readonly struct Subtract : IBinaryOperation
    {
        public static double Of(double x, double y) => FiniteOrMissing(x - y);
    }

    internal readonly struct Multiply : IBinaryOperation
    {
        public static double Of(double x, double y) => FiniteOrMissing(x * y);
    }

    internal readonly struct Divide : IBinaryOperation
    {
        public static double Of(double x, double y) => FiniteOrMissing(x / y);
    }

    /// <summary>Remainder with the sign of x; exact.</summary>
    internal readonly struct Remainder : IBinaryOperation
    {
        public static double Of(double x, double y) => x % y;
    }

    internal readonly struct Power : IBinaryOperation
    {
        // IEEE 754 has 1^NaN = NaN^0 = 1; here a missing operand makes the result missing, as everywhere.
        public static double Of(double x, double y) =>
            double.IsNaN(x) || double.IsNaN(y) ? double.NaN : FiniteOrMissing(VectorMath.Pow(x, y));
    }

    /// <summary>The smaller; missing where either is. min(−0, 0) is −0.</summary>
    internal readonly struct Minimum : IBinaryOperation
    {
        public static double Of(double x, double y) => Math.Min(x, y);
    }

    /// <summary>The larger; missing where either is.</summary>
    internal readonly struct Maximum : IBinaryOperation
    {
        public static double Of(double x, double y) => Math.Max(x, y);
    }

    internal readonly struct Negate : IUnaryOperation
    {
        public static double Of(double x) => -x;
    }

    internal readonly struct Absolute : IUnaryOperation
    {
        public static double Of(double x) => Math.Abs(x);
    }

    internal readonly struct Floor : IUnaryOperation
    {
        public static double Of(double x) => Math.Floor(x);
    }

    internal readonly struct Ceiling : IUnaryOperation
    {
        public static double Of(double x) => Math.Ceiling(x);
    }

    internal readonly struct SquareRoot : IUnaryOperation
    {
        public static double Of(double x) => Math.Sqrt(x);
    }
}
