package veche.deployment;

import org.junit.platform.suite.api.ExcludeTags;
import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.IncludeEngines;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/** The test classes of a server that are not in {@link SecondServerSuite}. */
@Suite
@IncludeEngines("junit-jupiter")
@SelectPackages("veche")
@IncludeClassNamePatterns(".*IT")
@ExcludeTags({"browser", "operation", "matrix", SecondServerSuite.TAG})
class FirstServerSuite {}
