"""setup.py - says that the wheel has a library of this machine in it."""
from setuptools import setup
from setuptools.dist import Distribution


class WithLibrary(Distribution):
    def has_ext_modules(self) -> bool:
        return True


setup(distclass=WithLibrary, options={"bdist_wheel": {"py_limited_api": "cp39"}})
